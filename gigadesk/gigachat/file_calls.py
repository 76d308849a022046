"""The files of the service: upload, list, look at, download, delete."""

from pathlib import Path

from gigadesk.gigachat.calls import Calls
from gigadesk.gigachat.downloads import download
from gigadesk.gigachat.failures import from_files
from gigadesk.gigachat.protocol.stored_files import read_deletion, read_stored_file, read_stored_files
from gigadesk.gigachat.upload_body import Progress
from gigadesk.gigachat.uploads import upload
from gigadesk.gigachat.values import Downloaded, StoredFile, UploadSource


class FileCalls(Calls):
    """Files belong to the account and to `ClientOptions.client_id`: with another one the service denies them."""

    async def upload(self, source: UploadSource | Path | bytes, on_progress: Progress | None = None) -> StoredFile:
        """Send a file that a message may then refer to by its id (`RequestMessage.attachments`).

        It is looked at before anything is sent, and read piece by piece while it is sent: a large one takes no more
        memory than a small one. Sent again when it fails in passing; `on_progress` then starts from the beginning.

        Args:
            source: a regular file, or an `UploadSource` for another name or for bytes.
            on_progress: is called in the loop with the bytes that have gone and those that there are.

        Raises:
            AttachmentError: the service takes no such file: kind, size (documents 40 MB, sound 35 MB, pictures 15 MB),
                not a file, not a picture; or it changed while it was sent.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-file
        """
        if not isinstance(source, UploadSource):
            source = UploadSource(source)
        return await upload(self._connection, source, on_progress)

    async def files(self) -> tuple[StoredFile, ...]:
        """All files that the service keeps for this account and `client_id`, generated ones among them.

        Raises:
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/get-files
        """
        return await self._ask(read_stored_files, "GET", "/files")

    async def file(self, file_id: str) -> StoredFile:
        """What the service knows about one file.

        Raises:
            FileGoneError: nothing, or it does not say.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/get-file
        """
        url = self._connection.addresses.path("files", file_id)
        return await self._ask(read_stored_file, "GET", url, failure=from_files)

    async def delete_file(self, file_id: str) -> bool:
        """Whether the service has deleted the file.

        Raises:
            FileGoneError: there is none, or it belongs to somebody else.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-file-delete
        """
        url = self._connection.addresses.path("files", file_id, "delete")
        headers = {"Content-Type": "application/json"}
        return await self._ask(read_deletion, "POST", url, headers=headers, body=b"{}", failure=from_files)

    async def download(self, file_id: str, target: Path, on_progress: Progress | None = None) -> Downloaded:
        """Bring a file, generated or uploaded, or the result of a batch, to the disk.

        Written piece by piece beside `target`, and given that name once it is whole: what was there before is replaced
        then or not at all, and nothing is left behind by a failure. Only the owner may read it (0600). 256 MB at most.

        Args:
            file_id: from `FileReady`, `StoredFile` or `Batch`.
            target: where it shall be, in a folder that exists.
            on_progress: is called in the loop with the bytes that have come, and those to come in all, or 0.

        Returns:
            What the file is by its first bytes, whatever the server or the name says.

        Raises:
            FileGoneError: there is none, or it belongs to somebody else.
            AnswerInterruptedError: it broke off, also on the further tries.
            BrokenAnswerError: it is empty, or too long, or a page of somebody in between.
            StorageError: the disk is full, or the folder cannot be written to.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/get-file-id
        """
        return await download(self._connection, file_id, target, on_progress)
