import fc from "fast-check";
import { expect, test } from "vitest";
import { tableOf } from "../../testing/tables.ts";
import type { Mesh } from "./mesh.ts";
import { polygonMesh } from "./polygon.ts";
import { shapeMesh } from "./shape.ts";
import { ShapesBuilder } from "./shapes.ts";
import { strokeMesh } from "./stroke.ts";
import { faceNormals, vertexNormals } from "./surface.ts";
import { graphSegments, trackSegments } from "./tracks.ts";
import { vectorsMesh } from "./vectors.ts";

/** The sum of the triangles' areas in the last two coordinates. */
function area({ vertices, triangles }: Mesh): number {
  let sum = 0;
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => (triangles[i + k] ?? 0) * 3);
    const at = (from: number | undefined, k: number): number => vertices[(from ?? 0) + k] ?? 0;
    sum +=
      Math.abs(
        (at(b, 1) - at(a, 1)) * (at(c, 2) - at(a, 2)) - (at(b, 2) - at(a, 2)) * (at(c, 1) - at(a, 1)),
      ) / 2;
  }
  return sum;
}

test("a polygon's triangles cover its area", () => {
  // Outlines around a middle, with any corners in and out.
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 3, maxLength: 40 }),
      (radii) => {
        const outline = radii.flatMap((r, i) => {
          const angle = (2 * Math.PI * i) / radii.length;
          return [r * Math.cos(angle), r * Math.sin(angle)];
        });
        let twice = 0;
        for (let i = 0; i < outline.length; i += 2) {
          const [a = 0, b = 0] = [outline[i], outline[i + 1]];
          const [c = 0, d = 0] = [outline[(i + 2) % outline.length], outline[(i + 3) % outline.length]];
          twice += a * d - b * c;
        }
        expect(area(polygonMesh(outline))).toBeCloseTo(Math.abs(twice) / 2, 6);
      },
    ),
    { numRuns: 200 },
  );
});

test("where an outline crosses itself, what it goes around twice is empty", () => {
  const star = [0, 2, 4, 1, 3].flatMap((i) => {
    const angle = (2 * Math.PI * i) / 5;
    return [Math.cos(angle), Math.sin(angle)];
  });
  // A pentagram's points without its middle.
  expect(area(polygonMesh(star))).toBeCloseTo(1.1226 - 0.3473, 2);
  // A hole that the outline goes to and comes back from.
  const holed = [0, 0, 0, 10, 10, 10, 10, 0, 0, 0, 2, 2, 8, 2, 8, 8, 2, 8, 2, 2];
  expect(area(polygonMesh(holed))).toBeCloseTo(100 - 36, 6);
});

test("a stroke has its width; a sharp turn becomes a bevel", () => {
  expect(
    area(
      strokeMesh(
        [
          [0, 0],
          [0, 10],
        ],
        false,
        2,
      ),
    ),
  ).toBeCloseTo(20, 9);
  // A square's frame: mitres end in its outer corners.
  expect(
    area(
      strokeMesh(
        [
          [0, 0],
          [0, 10],
          [10, 10],
          [10, 0],
        ],
        true,
        2,
      ),
    ),
  ).toBeCloseTo(12 * 12 - 8 * 8, 6);
  const reach = (mesh: Mesh): number => Math.max(...mesh.vertices.filter((_, i) => i % 3 === 2));
  // 90 degrees is mitred, 20 is not: there a mitre would reach 5.8 half widths.
  expect(
    reach(
      strokeMesh(
        [
          [0, 0],
          [5, 5],
          [10, 0],
        ],
        false,
        2,
      ),
    ),
  ).toBeCloseTo(5 + Math.SQRT2, 6);
  expect(
    reach(
      strokeMesh(
        [
          [-0.88, 0],
          [0, 5],
          [0.88, 0],
        ],
        false,
        2,
      ),
    ),
  ).toBeLessThan(6.1);
});

test("ellipses have 99 sides; paths and lines have no face", () => {
  const corners = [
    [0, 0, 0],
    [0, 0, 10],
    [0, 6, 10],
    [0, 6, 0],
  ] as const;
  const { face } = shapeMesh("ellipse", corners, 1, true);
  expect(face.vertices.length / 3).toBe(99);
  expect(area(face)).toBeCloseTo(Math.PI * 15, 0);
  expect(shapeMesh("path", corners, 1, true).face.triangles.length).toBe(0);
  expect(area(shapeMesh("rectangle", corners, 1, true).face)).toBeCloseTo(60, 9);
});

test("of an edited table only the shapes that changed are made again, with the same result", () => {
  const table = (moved: number) =>
    tableOf(
      {
        vertices: {
          width: 2,
          data: Float64Array.of(0, 0, 0, 4, 4, 4, 4, 0, 5 + moved, 5, 9, 9),
          offsets: Uint32Array.of(0, 4, 6),
        },
        shape_type: { width: 1, data: Uint8Array.of(4, 2) },
        edge_width: { width: 1, data: Float32Array.of(1, 1) },
      },
      2,
    ).table;
  const builder = new ShapesBuilder([-1, 0, 1], [0, 0, 0]);
  builder.build(table(0));
  const edited = builder.build(table(1));
  expect(edited).toEqual(new ShapesBuilder([-1, 0, 1], [0, 0, 0]).build(table(1)));
  expect(edited).not.toEqual(new ShapesBuilder([-1, 0, 1], [0, 0, 0]).build(table(0)));
});

test("vectors: a quad of the length and width, an arrow's wide head, two sheets in space", () => {
  const position = { width: 2, data: Float64Array.of(1, 1) };
  const direction = { width: 2, data: Float64Array.of(0, 4) };
  const style = (vector_style: "line" | "triangle" | "arrow") => {
    const { vertices, triangles } = vectorsMesh(
      position,
      direction,
      { vector_style, edge_width: 2, length: 2 },
      [-1, 0, 1],
      [0, 0, 0],
    );
    return area({ vertices: Float64Array.from(vertices), triangles });
  };
  expect(style("line")).toBeCloseTo(16, 6);
  expect(style("triangle")).toBeCloseTo(8, 6);
  expect(style("arrow")).toBeCloseTo(6 * 2 + 4, 6);
  const space = vectorsMesh(
    { width: 3, data: Float64Array.of(0, 0, 0) },
    { width: 3, data: Float64Array.of(1, 1, 1) },
    { vector_style: "line", edge_width: 1, length: 1 },
    [0, 1, 2],
    [0, 0, 0],
  );
  expect([space.sheets, space.vertices.length / 3, space.triangles.length]).toEqual([2, 8, 12]);
});

test("normals stand on their faces; a vertex has that of its faces together", () => {
  const positions = Float32Array.of(0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0);
  const faces = Uint32Array.of(0, 2, 1, 0, 1, 3);
  // Without the sign of zeros.
  expect([...faceNormals(positions, faces)].map((one) => one + 0)).toEqual([1, 0, 0, 0, 1, 0]);
  const normals = vertexNormals(positions, faces);
  expect(normals[0]).toBeCloseTo(Math.SQRT1_2);
  expect(normals[1]).toBeCloseTo(Math.SQRT1_2);
});

test("tracks: rows that follow each other; a graph joins first and last rows", () => {
  const ids = [1, 1, 1, 4, 4, 7];
  expect([...trackSegments(ids).from]).toEqual([0, 1, 3]);
  expect(
    graphSegments(ids, [
      [4, [1]],
      [7, [1, 4, 99]],
    ]),
  ).toEqual({
    from: Uint32Array.of(3, 5, 5),
    to: Uint32Array.of(2, 2, 4),
  });
});
