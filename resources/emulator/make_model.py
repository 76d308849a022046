# ruff: noqa: INP001 - a script beside what it makes
"""Write the 3D model that the emulated model "makes": vase.fbx, a low-poly vase.

    python resources/emulator/make_model.py

Binary FBX 7.4 with one mesh: what most 3D programs open. Commit what it writes.
"""

import itertools
import math
import struct
from pathlib import Path

VERSION = 7400
MAGIC = b"Kaydara FBX Binary  \x00\x1a\x00"
FOOTER_ID = bytes.fromhex("fabcab09d0c8d466b1767b83dd1c26fa")
FOOTER_END = bytes.fromhex("f85a8c6adef5d97eece90ce3758f290b")
EMPTY_RECORD = bytes(13)
SIDES = 16
# Radius and height of each ring, in centimetres, from the foot to the lip and back inside.
PROFILE = (
    (0.0, 0.0), (26.0, 0.0), (30.0, 4.0), (22.0, 12.0), (38.0, 34.0), (46.0, 58.0), (42.0, 84.0),
    (28.0, 104.0), (20.0, 118.0), (24.0, 132.0), (20.0, 132.0), (16.0, 118.0), (0.0, 110.0),
)  # fmt: skip


class Id(int):
    """Of an object: 64 bits wide, where other whole numbers have 32."""


Node = tuple[str, tuple["object", ...], tuple["Node", ...]]


def main() -> None:
    """Write the file."""
    body = MAGIC + struct.pack("<I", VERSION)
    for node in tree():
        body += record(node, len(body))
    body += EMPTY_RECORD + FOOTER_ID
    body += bytes(-len(body) % 16 or 16) + bytes(4) + struct.pack("<I", VERSION) + bytes(120) + FOOTER_END
    (Path(__file__).resolve().parent / "vase.fbx").write_bytes(body)


def tree() -> tuple[Node, ...]:
    """The nodes of a file with a single mesh."""
    vertices, polygons = mesh()
    geometry: Node = (
        "Geometry",
        (Id(1001), "Vase\0\1Geometry", "Mesh"),
        (("Vertices", (vertices,), ()), ("PolygonVertexIndex", (polygons,), ()), ("GeometryVersion", (124,), ())),
    )
    culling: Node = ("Culling", ("CullingOff",), ())
    model: Node = ("Model", (Id(2001), "Vase\0\1Model", "Mesh"), (("Version", (232,), ()), culling))
    return (
        ("FBXHeaderExtension", (), (("FBXHeaderVersion", (1003,), ()), ("FBXVersion", (VERSION,), ()))),
        ("GlobalSettings", (), (("Version", (1000,), ()), ("Properties70", (), settings()))),
        ("Definitions", (), (("Version", (100,), ()), ("Count", (2,), ()), count("Geometry"), count("Model"))),
        ("Objects", (), (geometry, model)),
        ("Connections", (), (("C", ("OO", Id(1001), Id(2001)), ()), ("C", ("OO", Id(2001), Id(0)), ()))),
    )


def settings() -> tuple[Node, ...]:
    """Y is up, a unit is a centimetre."""
    axes = {"UpAxis": 1, "UpAxisSign": 1, "FrontAxis": 2, "FrontAxisSign": 1, "CoordAxis": 0, "CoordAxisSign": 1}
    whole: tuple[Node, ...] = tuple(("P", (name, "int", "Integer", "", value), ()) for name, value in axes.items())
    return (*whole, ("P", ("UnitScaleFactor", "double", "Number", "", 1.0), ()))


def count(kind: str) -> Node:
    return "ObjectType", (kind,), (("Count", (1,), ()),)


def mesh() -> tuple[list[float], list[int]]:
    """Coordinates, and the corners of each face; the last corner of a face is written as -(index + 1)."""
    vertices: list[float] = []
    rings: list[list[int]] = []
    for radius, height in PROFILE:
        ring = []
        for side in range(SIDES if radius else 1):
            angle = 2 * math.pi * side / SIDES
            ring.append(len(vertices) // 3)
            vertices += [round(radius * math.cos(angle), 4), height, round(radius * math.sin(angle), 4)]
        rings.append(ring * SIDES if len(ring) == 1 else ring)
    polygons: list[int] = []
    for lower, upper in itertools.pairwise(rings):
        for side in range(SIDES):
            after = (side + 1) % SIDES
            face = list(dict.fromkeys((lower[side], upper[side], upper[after], lower[after])))
            polygons += [*face[:-1], -face[-1] - 1]
    return vertices, polygons


def record(node: Node, start: int) -> bytes:
    """A node with all below it, as it stands at this place of the file."""
    name, properties, children = node
    head = struct.pack("<B", len(name)) + name.encode()
    written = b"".join(map(property_bytes, properties))
    body = head + written
    for child in children:
        body += record(child, start + 12 + len(body))
    if children:
        body += EMPTY_RECORD
    return struct.pack("<III", start + 12 + len(body), len(properties), len(written)) + body


def property_bytes(value: object) -> bytes:
    """A property, its type told by a letter."""
    if isinstance(value, str):
        return b"S" + struct.pack("<I", len(value.encode())) + value.encode()
    if isinstance(value, float):
        return b"D" + struct.pack("<d", value)
    if isinstance(value, Id):
        return b"L" + struct.pack("<q", value)
    if isinstance(value, int):
        return b"I" + struct.pack("<i", value)
    assert isinstance(value, list)
    letter, form = (b"d", "d") if isinstance(value[0], float) else (b"i", "i")
    data = struct.pack(f"<{len(value)}{form}", *value)
    return letter + struct.pack("<III", len(value), 0, len(data)) + data


if __name__ == "__main__":
    main()
