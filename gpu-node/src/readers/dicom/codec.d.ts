/** The part of @cornerstonejs/dicom-codec that is used; the package has no types of its own. */
declare module "@cornerstonejs/dicom-codec" {
  interface ImageInfo {
    readonly rows: number;
    readonly columns: number;
    readonly bitsAllocated: number;
    readonly samplesPerPixel: number;
    readonly signed: boolean;
    readonly planarConfiguration?: number;
    readonly pixelRepresentation?: number;
  }
  const codec: {
    hasCodec(syntax: string): boolean;
    decode(
      frame: Uint8Array,
      info: ImageInfo,
      syntax: string,
    ): Promise<{ readonly imageFrame: ArrayBufferView; readonly imageInfo: unknown }>;
  };
  export default codec;
}
