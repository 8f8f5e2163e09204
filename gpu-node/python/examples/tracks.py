"""Tracks: two cells, one of which divides."""

import eyepiece
import numpy as np

time = np.arange(30)


def path(track, times, y, x):
    return np.stack([np.full(len(times), track), times, np.full(len(times), 0.0) + y, np.full(len(times), 0.0) + x], axis=1)


rows = np.concatenate([
    path(1, time, 20 + time, 30 + 2 * time),
    path(2, time[:15], 100 - time[:15], 40),
    path(3, time[15:], 85 - time[15:], 40 + time[15:]),
    path(4, time[15:], 85 - time[15:], 40 - time[15:]),
])
viewer = eyepiece.Viewer("Tracks")
tracks = viewer.add_tracks(rows, graph={3: [2], 4: [2]}, features={"speed": rows[:, 0] * 1.0}, tail_length=40, tail_width=4)
tracks.color_by = "speed"
viewer.dims.set_point(0, 25)
picture = viewer.screenshot("tracks.png")
print(tracks.data.shape, tracks.graph, viewer.dims.current_step[0], int(picture[..., :3].max()))
viewer
