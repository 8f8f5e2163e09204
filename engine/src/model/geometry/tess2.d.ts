/** What is used of tess2, which has no types of its own. */
declare module "tess2" {
  interface Tesselation {
    readonly vertices: ArrayLike<number>;
    readonly elements: ArrayLike<number>;
  }
  const Tess2: {
    readonly WINDING_ODD: number;
    readonly POLYGONS: number;
    tesselate(options: {
      readonly contours: readonly (readonly number[])[];
      readonly windingRule: number;
      readonly elementType: number;
      readonly polySize: number;
      readonly vertexSize: number;
    }): Tesselation | undefined;
  };
  export default Tess2;
}
