/** Types of chromium.mjs. */
export const browserArguments: string[];
export function browserPath(): Promise<string>;
