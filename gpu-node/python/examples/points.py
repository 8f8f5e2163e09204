"""Points: coloured by a score, with words, and some of them taken out."""

import eyepiece
import numpy as np

rng = np.random.default_rng(0)
where = rng.random((500, 3)) * [20, 200, 200]
viewer = eyepiece.Viewer("Points", ndisplay=3)
points = viewer.add_points(
    where,
    features={"score": rng.random(500), "kind": rng.choice(["cell", "nucleus"], 500)},
    face_color="score",
    face_colormap="magma",
    border_color="kind",
    border_color_cycle=["white", "cyan"],
    symbol=rng.choice(["o", "s", "+"], 500).tolist(),
    size=8,
    name="spots",
)
points.selected_data = set(range(100))
points.remove_selected()
points.add([[10, 100, 100]])
picture = viewer.screenshot("points.png")
print(len(points), points.face_color.shape, int(picture[..., :3].max()))
viewer
