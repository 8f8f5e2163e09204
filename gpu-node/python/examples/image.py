"""An image: a volume in 3D, its properties, and what happens told to code."""

import eyepiece
import numpy as np

z, y, x = np.mgrid[-1:1:60j, -1:1:80j, -1:1:80j]
viewer = eyepiece.Viewer("Image", ndisplay=3)
image = viewer.add_image(np.exp(-4 * (x**2 + y**2 + z**2)).astype(np.float32), colormap="inferno", rendering="attenuated_mip")
image.events.opacity.connect(lambda event: print("opacity is", event.value))
image.contrast_limits = (0.1, 0.9)
image.scale = (2, 1, 1)
viewer.camera.angles = (0, 30, 0)
viewer.fit_to_view()
picture = viewer.screenshot("image.png", size=(300, 400), scale=2)
viewer.save("image.eyepiece.json")
print(picture.shape, image.data.shape, viewer.layers[0].name, int(picture[..., :3].max()))
viewer
