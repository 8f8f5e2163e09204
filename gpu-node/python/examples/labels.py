"""Labels: regions of an image, painted and filled."""

import eyepiece
import numpy as np

y, x = np.mgrid[:256, :256]
image = np.hypot(y - 128, x - 128) % 64
viewer = eyepiece.Viewer("Labels")
viewer.add_image(image, colormap="gray", name="rings")
labels = viewer.add_labels((image > 32).astype(np.uint8), colormap={1: "orange", 2: "#00aaff", None: "red"}, name="regions")
labels.brush_size = 20
labels.paint([[40, 40], [60, 90]], 2)
labels.fill((128, 128), 3)
labels.contour = 2
picture = viewer.screenshot("labels.png")
print(np.unique(labels.data).tolist(), int(picture[..., :3].max()))
viewer
