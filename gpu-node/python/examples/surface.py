"""A surface: a sphere with a value at each vertex."""

import eyepiece
import numpy as np

theta, phi = np.meshgrid(np.linspace(0, np.pi, 40), np.linspace(0, 2 * np.pi, 60), indexing="ij")
vertices = np.stack([np.cos(theta), np.sin(theta) * np.sin(phi), np.sin(theta) * np.cos(phi)], axis=-1).reshape(-1, 3) * 50
corner = (np.arange(39)[:, None] * 60 + np.arange(59)).reshape(-1)
faces = np.concatenate([np.stack([corner, corner + 1, corner + 60], 1), np.stack([corner + 1, corner + 61, corner + 60], 1)])
viewer = eyepiece.Viewer("Surface", ndisplay=3)
surface = viewer.add_surface((vertices, faces, np.sin(4 * phi).reshape(-1)), colormap="turbo", shading="smooth")
viewer.camera.angles = (10, 30, 20)
picture = viewer.screenshot("surface.png")
print(surface.vertices.shape, surface.contrast_limits, int(picture[..., :3].max()))
viewer
