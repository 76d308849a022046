"""What the user hears of faults nobody expected: once, calmly, and with the report at hand."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from gigadesk.ui.report_dialog import ReportDialog
from tests.flows.flow_support import until


def reports(desk):
    return [dialog for dialog in desk.window.findChildren(ReportDialog) if dialog.isVisible()]


@pytest.mark.expects_logs
def test_an_unexpected_exception_is_told_once_and_the_program_lives_on(flow, run_async):
    async def story():
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            desk.crashes.install()

            for _ in range(3):
                QTimer.singleShot(0, desk.window, lambda: 1 / 0)
            await until(lambda: desk.bar is not None)
            assert desk.bar.title == "Something unexpected happened"

            desk.click_button("Show the report")
            await until(lambda: reports(desk))
            report = reports(desk)[0]
            assert "ZeroDivisionError" in report.findChild(QPlainTextEdit).toPlainText()
            desk.click_button("Copy", report)
            assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
            report.reject()
            await until(lambda: not reports(desk))

            desk.window.page.notices.dismiss()
            QTimer.singleShot(0, desk.window, lambda: {}["another"])
            await until(lambda: len(desk.reports) == 2)
            assert desk.bar is None

            service.answer_next("Still here")
            await desk.take_focus()
            desk.ask("Are you there?")
            await until(lambda: desk.last_text == "Still here")
            desk.reports.clear()

    run_async(story())


def test_the_fault_of_the_last_run_is_told_at_the_start(flow, run_async):
    async def story():
        (flow.folder / "logs").mkdir(parents=True)
        (flow.folder / "logs" / "crash.log").write_text("Fatal Python error: Segmentation fault\n")
        async with flow.service(), flow.program() as desk:
            await desk.online()
            assert desk.bar is not None
            assert desk.bar.title == "Last time GigaDesk met an unexpected fault"

            desk.click_button("Show the report")
            await until(lambda: reports(desk))
            assert "Segmentation fault" in reports(desk)[0].findChild(QPlainTextEdit).toPlainText()
            reports(desk)[0].reject()

        async with flow.service(), flow.program() as desk:
            await desk.online()
            assert desk.bar is None

    run_async(story())


def test_what_went_wrong_before_is_told_on_the_first_page_too(flow, run_async):
    async def story():
        (flow.folder / "logs").mkdir(parents=True)
        (flow.folder / "logs" / "crash.log").write_text("Fatal Python error: Segmentation fault\n")
        (flow.folder / "settings.json").write_text("{")
        async with flow.service(has_key=False), flow.program() as desk:
            await until(lambda: desk.shows_first_page)
            assert "The settings could not be read" in desk.words()

            desk.window.show_chats()

            assert desk.bar.title == "The settings could not be read"
            desk.window.page.notices.dismiss()
            assert desk.bar.title == "Last time GigaDesk met an unexpected fault"
            desk.window.page.notices.dismiss()
            assert desk.bar is None

    run_async(story())
