"""How answers are made."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from gigadesk.settings import (
    MAX_REPETITION_PENALTY,
    MAX_TEMPERATURE,
    MAX_TOKENS,
    MAX_UPDATE_INTERVAL_S,
    Generation,
)
from gigadesk.ui.settings_dialog.model_field import ModelField
from gigadesk.ui.settings_dialog.page import Page
from gigadesk.ui.settings_dialog.text_fields import LongTextField, NumberField, Range

TEMPERATURE = Range(0, MAX_TEMPERATURE, is_lowest_allowed=False)
TOP_P = Range(0, 1)
TOKENS = Range(1, MAX_TOKENS, is_whole=True)
REPETITION_PENALTY = Range(0, MAX_REPETITION_PENALTY, is_lowest_allowed=False)
UPDATE_INTERVAL_S = Range(0, MAX_UPDATE_INTERVAL_S)


class GenerationPage(Page):
    """The model, what it is told, and the numbers it works with.

    Signals:
        changed(object): the user wants this `Generation`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, generation: Generation, models: Sequence[str]) -> None:
        super().__init__(parent)
        self._generation = generation
        self._model = ModelField(self.column, models)
        self._system_prompt = LongTextField(self.column)
        self._temperature = NumberField(self.column, TEMPERATURE)
        self._top_p = NumberField(self.column, TOP_P)
        self._max_tokens = NumberField(self.column, TOKENS)
        self._repetition_penalty = NumberField(self.column, REPETITION_PENALTY)
        self._update_interval = NumberField(self.column, UPDATE_INTERVAL_S)
        self._numbers = (self._temperature, self._top_p, self._max_tokens, self._repetition_penalty)
        for field in (self._model, self._system_prompt, *self._numbers, self._update_interval):
            self.add(field)
            field.changed.connect(self._on_field_changed)
        self.show_values(generation)
        self._retranslate()

    def set_models(self, models: Sequence[str]) -> None:
        """The models that can be chosen from; any other name can be typed."""
        self._model.set_models(models)

    def show_values(self, generation: Generation) -> None:
        """Show what is in force."""
        self._generation = generation
        self._model.set_value(generation.model)
        self._system_prompt.set_value(generation.system_prompt)
        self._temperature.set_number(generation.temperature)
        self._top_p.set_number(generation.top_p)
        self._max_tokens.set_number(generation.max_tokens)
        self._repetition_penalty.set_number(generation.repetition_penalty)
        self._update_interval.set_number(generation.update_interval_s or None)

    def commit(self) -> None:
        """Take what is still being typed."""
        for field in (self._model, self._system_prompt, *self._numbers, self._update_interval):
            field.commit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._model.set_words(self.tr("Model"), self.tr("For new chats. Each chat can have its own."))
        self._model.set_placeholder(self.tr("The first one that GigaChat offers"))
        self._system_prompt.set_words(
            self.tr("System prompt"),
            self.tr("Sent before every chat: who the model is and how it answers."),
        )
        self._system_prompt.set_placeholder(self.tr("None"))
        self._temperature.set_words(self.tr("Temperature"), self.tr("Higher is bolder, lower is more exact."))
        self._top_p.set_words(
            self.tr("Top-p"), self.tr("From how much of the likely words the next one is drawn, from 0 to 1.")
        )
        self._max_tokens.set_words(
            self.tr("Longest answer, in tokens"), self.tr("A token is 3 to 4 letters. The answer is cut there.")
        )
        self._repetition_penalty.set_words(
            self.tr("Repetition penalty"), self.tr("1 changes nothing, more avoids repeating words.")
        )
        for field in self._numbers:
            field.set_placeholder(self.tr("The model’s choice"))
        self._update_interval.set_words(
            self.tr("Update interval, in seconds"),
            self.tr("The least time between two pieces of an answer. More is calmer."),
        )
        self._update_interval.set_placeholder(self.tr("As fast as it comes"))

    def _on_field_changed(self) -> None:
        max_tokens = self._max_tokens.number
        self._generation = replace(
            self._generation,
            model=self._model.value,
            system_prompt=self._system_prompt.value,
            temperature=self._temperature.number,
            top_p=self._top_p.number,
            max_tokens=None if max_tokens is None else int(max_tokens),
            repetition_penalty=self._repetition_penalty.number,
            update_interval_s=self._update_interval.number or 0.0,
        )
        self.changed.emit(self._generation)
