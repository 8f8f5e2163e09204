"""The agent's side of the events: numbered once, kept until acknowledged, found again by the next agent."""

import json
import random
import tempfile
import unittest
from pathlib import Path

from eyepiece_flows.agent.agent import Agent
from eyepiece_flows.agent.outbox import WINDOW, Outbox

FID = "a" * 24


class Gateway:
    """What the real one does with frames: stores what is new, acknowledges."""

    def __init__(self):
        self.stored = []

    def take(self, text):
        frame = json.loads(text)
        first, events = frame["first"], frame["events"]
        if first > len(self.stored) + 1:
            raise AssertionError("a gap")
        self.stored.extend(message for _, _, message in events[len(self.stored) + 1 - first :])
        return len(self.stored)


class OutboxTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_whatever_breaks_every_event_arrives_once_in_order(self):
        for seed in range(40):
            chance = random.Random(seed)
            fid = f"{seed:024x}"
            outbox, gateway, told, flying = Outbox(self.folder, fid), Gateway(), 0, []
            for _ in range(200):
                what = chance.random()
                if what < 0.4:
                    count = chance.randint(1, 5)
                    outbox.add([(0.0, "debug", str(told + i)) for i in range(count)])
                    told += count
                elif what < 0.7:
                    flying.extend(outbox.unsent())
                elif what < 0.85 and flying:
                    last = gateway.take(flying.pop(0))
                    if chance.random() < 0.7:
                        outbox.ack(last)
                elif what < 0.93:
                    flying = []
                    outbox.resend_after(len(gateway.stored))
                else:
                    # The agent is killed; half a line may be the last that it wrote.
                    outbox._file.write(b'{"type":"events","fi' if chance.random() < 0.5 else b"")
                    outbox.close(remove=False)
                    outbox = Outbox(self.folder, fid)
                    flying = []
                    outbox.resend_after(len(gateway.stored))
            outbox.resend_after(len(gateway.stored))
            for frame in outbox.unsent():
                outbox.ack(gateway.take(frame))
            self.assertEqual(gateway.stored, [str(i) for i in range(told)])
            self.assertEqual(outbox.backlog, 0)
            outbox.close(remove=True)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_not_more_flies_than_the_window(self):
        outbox = Outbox(self.folder, FID)
        for _ in range(20):
            outbox.add([(0.0, "debug", "x" * 1_000_000)])
        first = outbox.unsent()
        self.assertLess(sum(map(len, first)), WINDOW + 1_100_000)
        self.assertEqual(outbox.unsent(), [])
        outbox.ack(1)
        self.assertEqual(len(outbox.unsent()), 1)
        outbox.close(remove=True)

    def test_a_file_that_began_anew_goes_on_counting(self):
        outbox = Outbox(self.folder, FID)
        for number in range(1, 7):
            outbox.add([(0.0, "debug", "x" * 1_000_000)])
            outbox.unsent()
            outbox.ack(number)
        self.assertLess(outbox.path.stat().st_size, 2_000_000)
        outbox.close(remove=False)
        after = Outbox(self.folder, FID)
        # The sixth is in the file still, and is sent again.
        self.assertEqual((after.last, after.acked), (6, 5))
        after.add([(0.0, "status", "error")])
        self.assertEqual([json.loads(frame)["first"] for frame in after.unsent()], [6, 7])
        after.close(remove=True)

    def test_nothing_is_told_after_the_end(self):
        outbox = Outbox(self.folder, FID)
        outbox.add([(0.0, "status", "finished"), (0.0, "debug", "late")])
        outbox.add([(0.0, "status", "error")])
        self.assertEqual((outbox.last, outbox.over), (1, True))
        outbox.close(remove=True)

    def test_a_new_agent_says_that_the_runs_of_the_last_are_over(self):
        outbox = Outbox(self.folder, FID)
        outbox.add([(0.0, "debug", "one")])
        outbox.close(remove=False)
        agent = Agent(self.folder)
        sent = []
        greeting = agent.connected(sent.append)
        self.assertEqual(greeting["runs"], [{"fid": FID, "last": 3, "over": True}])
        self.assertEqual(sent, [])
        agent.hear({"type": "welcome", "acked": {FID: 1}})
        # The frame that holds what is missing begins before it: the gateway passes over what it has.
        events = [event for text in sent for event in json.loads(text)["events"]]
        self.assertEqual([event[1:] for event in events][-2:], [["error", "The run's machine lost its agent."], ["status", "error"]])
        agent.hear({"type": "ack", "fid": FID, "last": 3})
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
