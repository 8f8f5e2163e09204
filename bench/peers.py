"""napari and VTK on the same volume, motions and size as bench/engine.ts: one JSON object on standard output.

    python peers.py napari|vtk VOLUME.nii.gz WIDTH HEIGHT

Milliseconds, medians of five angles (or slices), picture in main memory included; VTK's with JPEG, as trame sends it.
"""

import io
import json
import statistics
import sys
import time

import nibabel
import numpy as np

ANGLES = [(0, 0, 90), (20, 30, 60), (-35, 50, 10), (80, -20, 140), (10, 75, -50)]


def load(path: str) -> np.ndarray:
    """The volume as (z, y, x)."""
    return np.ascontiguousarray(np.asarray(nibabel.load(path).dataobj).transpose(2, 1, 0))


def timed(work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def bench_napari(data: np.ndarray, width: int, height: int) -> dict:
    import napari

    viewer = napari.Viewer(show=True)
    canvas = viewer.window._qt_viewer.canvas
    start = time.perf_counter()
    layer = viewer.add_image(data)
    viewer.screenshot(size=(height, width), canvas_only=True, flash=False)
    first = (time.perf_counter() - start) * 1000

    def shot() -> None:
        viewer.screenshot(size=(height, width), canvas_only=True, flash=False)

    def at_slice(z: int) -> float:
        viewer.dims.set_point(0, z)
        return timed(shot)

    shot()
    slices = [at_slice(z) for z in range(40, 140, 20)]
    viewer.dims.ndisplay = 3

    def at_angles(angles: tuple) -> float:
        viewer.camera.angles = angles
        viewer.reset_view()
        viewer.camera.angles = angles
        return timed(shot)

    shot()
    mip = [at_angles(angles) for angles in ANGLES]
    layer.rendering = "iso"
    layer.iso_threshold = float(np.mean(layer.contrast_limits))
    shot()
    iso = [at_angles(angles) for angles in ANGLES]
    result = {"version": napari.__version__, "first": first, "slice": slices, "mip": mip, "iso": iso}
    viewer.close()
    del canvas
    return result


def bench_vtk(data: np.ndarray, width: int, height: int) -> dict:
    import vtk
    from PIL import Image
    from vtk.util import numpy_support

    image = vtk.vtkImageData()
    image.SetDimensions(data.shape[::-1])
    image.GetPointData().SetScalars(numpy_support.numpy_to_vtk(data.ravel(), deep=True))
    low, high = float(data.min()), float(data.max())

    def scene(mode: str):
        mapper = vtk.vtkFixedPointVolumeRayCastMapper()
        mapper.SetInputData(image)
        prop = vtk.vtkVolumeProperty()
        prop.SetInterpolationTypeToLinear()
        gray = vtk.vtkColorTransferFunction()
        gray.AddRGBPoint(low, 0, 0, 0)
        gray.AddRGBPoint(high, 1, 1, 1)
        opacity = vtk.vtkPiecewiseFunction()
        opacity.AddPoint(low, 0)
        opacity.AddPoint(high, 1)
        prop.SetColor(gray)
        prop.SetScalarOpacity(opacity)
        if mode == "mip":
            mapper.SetBlendModeToMaximumIntensity()
        else:
            mapper = vtk.vtkGPUVolumeRayCastMapper()
            mapper.SetInputData(image)
            mapper.SetBlendModeToIsoSurface()
            prop.GetIsoSurfaceValues().SetValue(0, (low + high) / 2)
            prop.ShadeOn()
        volume = vtk.vtkVolume()
        volume.SetMapper(mapper)
        volume.SetProperty(prop)
        renderer = vtk.vtkRenderer()
        renderer.AddVolume(volume)
        window = vtk.vtkRenderWindow()
        window.SetOffScreenRendering(1)
        window.SetSize(width, height)
        window.AddRenderer(renderer)
        grab = vtk.vtkWindowToImageFilter()
        grab.SetInput(window)
        grab.ReadFrontBufferOff()
        return renderer, window, grab

    jpeg: list[float] = []

    def run(mode: str) -> list[float]:
        renderer, window, grab = scene(mode)
        times = []
        for index, angles in enumerate([ANGLES[0], *ANGLES]):
            camera = renderer.GetActiveCamera()
            camera.ParallelProjectionOn()
            renderer.ResetCamera()
            camera.Azimuth(angles[1])
            camera.Elevation(max(-80, min(80, angles[0])))
            camera.Roll(angles[2])

            def picture() -> np.ndarray:
                window.Render()
                grab.Modified()
                grab.Update()
                out = grab.GetOutput()
                return numpy_support.vtk_to_numpy(out.GetPointData().GetScalars()).reshape(height, width, -1)

            start = time.perf_counter()
            pixels = picture()
            drawn = time.perf_counter()
            Image.fromarray(pixels[::-1, :, :3]).save(io.BytesIO(), "JPEG", quality=85)
            encoded = time.perf_counter()
            if index > 0:
                times.append((drawn - start) * 1000)
                jpeg.append((encoded - drawn) * 1000)
        return times

    return {"version": vtk.vtkVersion.GetVTKVersion(), "mip": run("mip"), "iso": run("iso"), "jpeg": jpeg}


def main() -> None:
    peer, path, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    data = load(path)
    result = (bench_napari if peer == "napari" else bench_vtk)(data, width, height)
    medians = {
        key: statistics.median(value) if isinstance(value, list) else value for key, value in result.items()
    }
    print(json.dumps(medians))


main()
