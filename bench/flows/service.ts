/** The service that is measured: `mode` says what a run of it does, `n` how much. */
export const SERVICE = `
import asyncio, time
from fastapi import Request
from eyepiece.flows import Launch, ServeAPI, Tracer

app = ServeAPI()

@app.enter("/", summary="Bench")
async def enter(request: Request, mode: str, n: int = 0):
    return Launch(request, run, inputs={"mode": mode, "n": n})

async def run(inputs, tracer: Tracer):
    mode, n = inputs["mode"], inputs["n"]
    if mode == "three":
        for i in range(3):
            await tracer.markdown(f"event {i}")
    elif mode == "many":
        for i in range(n):
            await tracer.debug(f"event {i}")
    elif mode == "steady":
        for i in range(n):
            await tracer.debug(repr(time.time()))
            await asyncio.sleep(0.005)
    elif mode == "wait":
        await asyncio.sleep(n)
    return n
`;
