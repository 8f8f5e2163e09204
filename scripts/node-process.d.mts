/** Types of node-process.mjs. */
/** How a process is started: Node's options before its file, and its environment. */
export function nodeProcess(env: NodeJS.ProcessEnv): {
  readonly flags: readonly string[];
  readonly env: NodeJS.ProcessEnv;
};
