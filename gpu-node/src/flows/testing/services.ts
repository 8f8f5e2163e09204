/** Services for tests: what a flow may do that it should not, and what it should. */

/** The smallest service: a run of it says one word. */
export const saying = (word: string): string => `
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI

app = ServeAPI()

@app.enter("/", summary="Says ${word}")
async def enter(request: Request):
    return Launch(request, say)

def say():
    return "${word}"
`;

/** One service with an entry for each fault. */
export const TRIALS = `
import asyncio, os, signal, subprocess, sys, time
from fastapi import Request
from eyepiece.flows import InputsError, Launch, ServeAPI, Tracer, forms

app = ServeAPI()
F = forms

@app.enter("/typed", summary="Typed")
async def typed(request: Request, name: str, count: int = 1, loud: bool = False):
    """Made of a signature."""
    if name == "nobody":
        raise InputsError("Not this one.", name="Choose another.")
    return Launch(request, echo, inputs={"name": name, "count": count, "loud": loud})

@app.enter("/files", model=F.Model(F.InputFiles("papers", "Papers", multiple=True, required=True), F.Submit("Read")))
async def papers(inputs: dict, request: Request):
    return Launch(request, read, inputs=inputs)

async def read(inputs, tracer):
    fs = await tracer.fs()
    found = {}
    async for path in fs.download("in"):
        with open(path, "rb") as file:
            found[path] = len(file.read())
    return {"names": inputs["papers"], "found": found}

def echo(inputs, tracer):
    tracer.text_sync(inputs["name"])
    return inputs

MODES = ["raise", "exit", "forever", "die", "segfault", "print", "daemon", "strange", "huge", "memory", "count",
         "slow", "lock", "files", "escape", "shell", "look"]

@app.enter("/", model=F.Model(F.Errors(), F.Select("mode", [F.InputOption(m, m) for m in MODES], required=True),
                              F.InputNumber("n", value=10, min_value=0), F.InputText("note"), F.Submit("Go")))
async def enter(inputs: dict, request: Request):
    timeout = 1.5 if inputs["mode"] == "forever" else None
    return Launch(request, run, inputs=inputs, timeout=timeout, memory=700_000_000)

@app.lock("sure")
async def sure(data: dict):
    return F.Model(F.Markdown(f"Are you sure about {data['what']}?"), F.InputText("why", required=True), F.Submit("Yes"))

@app.lease("sure")
async def leased(inputs: dict, data: dict):
    if inputs["why"] == "no":
        raise InputsError(why="Say more.")
    return {"why": inputs["why"], "what": data["what"]}

class Strange:
    __slots__ = ()
    def __repr__(self):
        return "<strange>"

async def run(inputs: dict, tracer: Tracer):
    mode, n = inputs["mode"], int(inputs["n"] or 0)
    if mode == "raise":
        raise RuntimeError("this went wrong")
    if mode == "exit":
        sys.exit(3)
    if mode in ("forever", "slow"):
        await tracer.debug(f"pid {os.getpid()}")
        while True:
            await asyncio.sleep(0.02)
            if mode == "slow":
                await tracer.debug("tick")
    if mode == "die":
        await tracer.debug("before")
        await asyncio.sleep(0.1)
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "segfault":
        import ctypes
        ctypes.string_at(0)
    if mode == "print":
        for _ in range(n):
            print("x" * 9999)
        return "printed"
    if mode == "daemon":
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execvp("sleep", ["sleep", str(n)])
            os._exit(0)
        os.wait()
        while b"sleep" not in b"".join(open(f"/proc/{pid}/cmdline", "rb").read() for pid in os.listdir("/proc") if pid.isdigit()):
            time.sleep(0.01)
        return "left one behind"
    if mode == "strange":
        return {"strange": Strange(), "set": {1}, "nan": float("nan")}
    if mode == "huge":
        return "y" * 3_000_000
    if mode == "memory":
        return len(bytearray(3_000_000_000))
    if mode == "count":
        for i in range(n):
            await tracer.debug(str(i))
        return n
    if mode == "lock":
        answer = await tracer.lock("sure", data={"what": inputs["note"]}, timeout=float(inputs["n"]) or 600)
        await tracer.text(f"because {answer['why']}")
        return answer
    if mode == "look":
        def reads(path):
            try:
                return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
            except OSError:
                return False
        others = [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) not in (1, os.getpid())]
        seen = b"".join(open(f"/proc/{pid}/cmdline", "rb").read() for pid in others)
        return {"home": reads(inputs["note"]), "keys": reads(os.path.expanduser("~/.ssh")), "agent": b"eyepiece_flows.agent" in seen,
                "environment": sorted(name for name in os.environ if "TOKEN" in name or "EYEPIECE" in name)}
    if mode == "shell":
        subprocess.run(["sh", "-c", "echo from the shell; echo to stderr >&2"], check=True)
        return "done"
    fs = await tracer.fs()
    if mode == "files":
        os.makedirs("made/deep")
        with open("made/deep/a.bin", "wb") as file:
            file.write(bytes(range(256)) * 3000)
        where = await fs.upload("made")
        back = await fs.open("out/made/deep/a.bin").read_all()
        entries = await fs.ls("out")
        await fs.remove("out/made/deep/a.bin")
        return {"where": where, "same": back == bytes(range(256)) * 3000, "ls": entries[0]["path"], "left": await fs.ls("out")}
    if mode == "escape":
        found = []
        for path in ["in/../../../other", "/etc/passwd", "out/../sqlite3.db", "in/x", "sqlite3.db", "out/a\\x00b"]:
            try:
                await fs.open(path).read_all()
                found.append(path)
            except OSError as why:
                await tracer.debug(f"{path!r}: {why}")
        return found
`;
