/**
 * napari's 49 colours of labels, as rrggbb; the first is the background's and never shown. napari (0.9.2) makes them by
 * `label_colormap(49, seed=0.5)`: a low-discrepancy sequence in Lab.
 */
export const LABEL_COLORS: readonly string[] = [
  "7c7482 782506 5bd5f8 9289e8 6c02c1 473a9f abec8a 8fadb2 86909a fef71c",
  "f7443b 034e39 71b260 69954a 3c1b87 2e4710 5cb7de 479d76 474258 ef5665",
  "b8507b a62a64 f1b4ec 4b1e20 b4c53e 9c602f 8a431b d8be9a b47dbd a65ea4",
  "607a34 c1e357 d79555 9e876f 002ceb cae6e0 e18b1e 78f001 7b8e0f e5ddb2",
  "abec8a 42d8a6 46ba8e fef71c f7443b af4bf2 b00c3f 69954a f687a7 cb32c7",
].flatMap((line) => line.split(" "));
