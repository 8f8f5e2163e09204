/** Types of chromium.mjs. */
export const browserArguments: string[];
export const plainArguments: string[];
export function browserPath(): Promise<string>;
