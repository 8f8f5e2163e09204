"""Shapes: regions of interest with names."""

import eyepiece

viewer = eyepiece.Viewer("Shapes")
shapes = viewer.add_shapes(
    [[[10, 10], [60, 90]], [[100, 50], [30, 40]], [[150, 20], [120, 80], [180, 110]]],
    shape_type=["rectangle", "ellipse", "polygon"],
    features={"name": ["box", "round", "triangle"]},
    text={"string": "{name}", "color": "yellow", "size": 16},
    face_color=["#ff000080", "#00ff0080", "#0000ff80"],
    edge_color="white",
    edge_width=2,
)
shapes.add_lines([[0, 0], [190, 120]], edge_color="cyan")
picture = viewer.export_figure("shapes.png", scale=3)
print(shapes.shape_type, [len(shape) for shape in shapes.data], int(picture[..., :3].max()))
viewer
