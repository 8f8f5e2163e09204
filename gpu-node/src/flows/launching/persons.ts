/** Who somebody is now: asked before something is started in their name while they are not there. */
import * as v from "valibot";
import type { RelayCalls } from "../../kernels/relay-calls.ts";
import type { Person } from "../../trainer/http/person.ts";

/** Undefined where the account is gone or disabled. @throws where nobody can tell now */
export type PersonOf = (id: string) => Promise<Person | undefined>;

const ASK_MS = 10_000;
const Told = v.object({ id: v.string(), name: v.string(), role: v.string(), rights: v.array(v.string()) });

/** By the relay's word. */
export function personsOf(calls: RelayCalls): PersonOf {
  return async (id) => {
    const signal = AbortSignal.timeout(ASK_MS);
    const answer = await calls.get(`/api/nodes/people/${encodeURIComponent(id)}`, signal);
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`The relay answered ${answer.status} when it was asked who ${id} is.`);
    return v.parse(Told, await answer.json());
  };
}
