"""A zip archive written as it goes, without a file to go back in: same entries, same bytes."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CHUNK = 64 * 1024  # bytes gathered before they are given
LEVEL = 1  # of compression: tables shrink well at any level, and this one is quick
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # no clock


class _Sink:
    """What `ZipFile` writes to: it can only go on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is written is there."""

    def close(self) -> None:
        """Do nothing: what is written is kept until it is taken."""

    def taken(self) -> bytes:
        """Return what was written since last time."""
        data = b"".join(self._parts)
        self._parts, self.size = [], 0
        return data


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield an archive of these entries (name, content), each read when it is its turn."""
    sink = _Sink()
    with ZipFile(sink, "w", compresslevel=LEVEL) as archive:
        for name, content in entries:
            info = ZipInfo(name, _LONG_AGO)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            setattr(info, "_compresslevel", LEVEL)  # noqa: B010 - its public name came with Python 3.13
            with archive.open(info, "w") as entry:
                for part in content:
                    entry.write(part)
                    if sink.size > CHUNK:
                        yield sink.taken()
    yield sink.taken()
