/** The measure of this browser's GPU, on whichever it has. */
import { expect } from "chai";
import { findAdapter, openDevice } from "./device.ts";
import { measure } from "./measure.ts";

it("the adapter draws the test volume and tells its time, again and again on one device", async () => {
  const found = await findAdapter();
  if (!found) throw new Error("The browser of the tests has no WebGPU.");
  const device = await openDevice(found);
  for (let i = 0; i < 2; i++) {
    const ms = await measure(device, found.software);
    expect(ms).to.be.greaterThan(0).and.to.be.lessThan(60_000);
  }
  device.destroy();
});
