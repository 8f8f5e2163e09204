"""The processes of flows on a machine; run from here by the node, never installed.

`agent` is the long-lived one with the line to the gateway. `host` has imported a service and forks: one process that answers
for its forms, and one for each run. `reaper` is what stands between the two, `run` what a run does.
"""
