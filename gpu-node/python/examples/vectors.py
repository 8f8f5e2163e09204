"""Vectors: a field of flow, coloured by its strength."""

import eyepiece
import numpy as np

y, x = (axis.reshape(-1) for axis in np.mgrid[0:200:10, 0:200:10])
flow = np.stack([x - 100.0, 100.0 - y], axis=1) / 20
viewer = eyepiece.Viewer("Vectors")
vectors = viewer.add_vectors(
    np.stack([np.stack([y, x], axis=1), flow], axis=1),
    features={"strength": np.hypot(*flow.T)},
    edge_color="strength",
    edge_colormap="viridis",
    vector_style="arrow",
    edge_width=1.5,
)
vectors.length = 1.5
picture = viewer.screenshot("vectors.png")
print(vectors.data.shape, vectors.edge_color_mode, int(picture[..., :3].max()))
viewer
