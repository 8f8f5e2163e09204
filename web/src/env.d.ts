/** What the build gives for imports that are not TypeScript, and the globals of browser tests. */
/// <reference types="mocha" />
declare module "*.svg?raw" {
  const source: string;
  export default source;
}
declare module "*.svg?url" {
  const address: string;
  export default address;
}
declare module "*.css";
interface ImportMeta {
  readonly env: { readonly PROD: boolean };
}

declare module "*.css?inline" {
  const text: string;
  export default text;
}
