/** The spatial filters of napari, as WGSL: the same for slices and volumes. */
/**
 * The weights of the separable filters, x the distance in texels, normalised over the taps of one axis.
 *
 * vispy keeps its weights in a table of bytes that is packed in steps of 1/256 and read back in steps of 1/255. So the weights that
 * napari draws with are a little too great: between 1 and 2% in brightness. `tabled` does the same, so that pictures agree.
 */
export const KERNELS = /* wgsl */ `
fn besselI0(x: f32) -> f32 {
  // Abramowitz and Stegun 9.8.1 and 9.8.2.
  if (x < 3.75) {
    let t = (x / 3.75) * (x / 3.75);
    return 1.0 + t * (3.5156229 + t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
  }
  let t = 3.75 / x;
  let p = 0.39894228 + t * (0.01328592 + t * (0.00225319 + t * (-0.00157565 + t * (0.00916281 + t * (-0.02057706
    + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return exp(x) / sqrt(x) * p;
}
fn kernel_kaiser(x: f32) -> f32 {
  if (x >= 1.0) { return 0.0; }
  return besselI0(6.33 * sqrt(1.0 - x * x)) / besselI0(6.33);
}
fn tabled(w: f32) -> f32 { return (w + 0.23437733) * (256.0 / 255.0) - 0.23437733; }
fn cube(x: f32) -> f32 { return x * x * x; }
fn kernel_cubic(x: f32) -> f32 {
  if (x >= 2.0) { return 0.0; }
  return (cube(x + 2.0) - 4.0 * cube(x + 1.0) + 6.0 * cube(x) - 4.0 * cube(x - 1.0)) / 6.0;
}
fn kernel_spline36(x: f32) -> f32 {
  if (x < 1.0) { return ((13.0 / 11.0 * x - 453.0 / 209.0) * x - 3.0 / 209.0) * x + 1.0; }
  if (x < 2.0) { let t = x - 1.0; return ((-6.0 / 11.0 * t + 270.0 / 209.0) * t - 156.0 / 209.0) * t; }
  if (x < 3.0) { let t = x - 2.0; return ((1.0 / 11.0 * t - 45.0 / 209.0) * t + 26.0 / 209.0) * t; }
  return 0.0;
}
`;

/** Taps on either side, in texels. */
export const RADIUS = { kaiser: 1, cubic: 2, spline36: 3 } as const;
