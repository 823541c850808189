"""How much may be uploaded, and by whom: anything else is read past and not kept, and the form says so."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_MEGABYTES = 50
MOST = MOST_MEGABYTES * 2**20


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request holds more than may be uploaded."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > MOST


class LimitedUploadHandler(FileUploadHandler):
    """Stands before Django's own, which write to the disk, and lets nothing through to them that may not be."""

    skips = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803 - Django's
        user = getattr(self.request, "user", None)
        self.skips = content_length > MOST or not (user and user.has_perm("skills.add_import"))

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        if self.skips:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
