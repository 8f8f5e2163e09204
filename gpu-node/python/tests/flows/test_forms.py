"""Forms: what a page is told, and what becomes of what was typed."""

import enum
import json
import unittest
from datetime import date
from typing import Annotated, Literal

from eyepiece.flows import FlowsError, InputsError, forms
from eyepiece.flows.forms.typed import model_of_signature
from eyepiece.flows.launch import name_of, resolve
from eyepiece.flows.serial import MAX_EVENT, serialize
from pydantic import BaseModel, Field, SecretStr

EVERY = [
    forms.HTML("<b>x</b>"),
    forms.Markdown("# x"),
    forms.Break(),
    forms.HR(),
    forms.Errors(),
    forms.InputText("text", "Text", "v", True, "p", 20, r"\w+"),
    forms.InputNumber("number", min_value=0, max_value=10, step=0.1),
    forms.InputPassword("password", min_length=3, max_length=8),
    forms.InputDate("date", min_date="2026-01-01", max_date="2026-12-31"),
    forms.InputTime("time", min_time="08:00", max_time="18:00", step=60),
    forms.InputDateTime("datetime", min_datetime="2026-01-01T00:00"),
    forms.InputArea("area", rows=3, cols=40, max_length=10),
    forms.InputEmail("email"),
    forms.InputUrl("url"),
    forms.InputTel("tel"),
    forms.InputSearch("search"),
    forms.InputMonth("month", min_month="2026-02"),
    forms.InputWeek("week"),
    forms.InputColor("color"),
    forms.InputRange("range", min_value=1, max_value=5),
    forms.InputHidden("hidden", "h"),
    forms.InputRadio("radio", [forms.InputOption("a", "A"), forms.InputOption("b", "B")], value="a"),
    forms.Checkbox("checkbox", "yes"),
    forms.Select("select", [forms.InputOption("a", "A")], required=True),
    forms.InputFiles("files", multiple=True),
    forms.Action("action", "go", text="Go"),
    forms.Submit("Send"),
    forms.Cancel("Leave"),
]


class FormsTest(unittest.TestCase):
    def test_every_element_goes_to_json_and_back(self):
        told = forms.Model(*EVERY).get_model()
        self.assertEqual(
            [one["type"] for one in told],
            "html markdown break hr errors text number password date time datetime-local textarea email url tel search month week"
            " color range hidden radio boolean select file action submit cancel".split(),
        )
        again = json.loads(json.dumps(told))
        for one in again:
            if one["type"] == "boolean":
                self.assertEqual(one["option"], "yes")
        self.assertEqual(forms.Model.model_validate(again).get_model(), told)
        self.assertRaises(ValueError, forms.Model.model_validate, [{"type": "script"}])

    def test_values_are_checked_by_field(self):
        wrong = {
            "text": "a b",
            "number": "11",
            "password": "xy",
            "date": "2025-12-31",
            "time": "25:00",
            "datetime": "yesterday",
            "area": "x" * 11,
            "email": "nobody",
            "url": "javascript:alert(1)",
            "month": "2026-01",
            "week": "2026-W60",
            "color": "red",
            "range": "7",
            "radio": "c",
            "checkbox": "perhaps",
            "select": "",
            "files": "x",
        }
        with self.assertRaises(InputsError) as caught:
            forms.Model(*EVERY).parse(wrong)
        self.assertEqual(set(caught.exception.errors), set(wrong))
        right = {
            "text": "ab",
            "number": "0.3",
            "password": "geheim",
            "date": "2026-02-28",
            "time": "08:30",
            "datetime": "2026-02-28T08:30",
            "area": "a\nb",
            "email": "a@b.example",
            "url": "https://example.org/x",
            "month": "2026-02",
            "week": "2026-W05",
            "color": "#20a0ff",
            "range": 3,
            "radio": "b",
            "checkbox": True,
            "select": "a",
            "files": ["a.txt"],
            "stranger": "is left out",
        }
        values = forms.Model(*EVERY).parse(right)
        self.assertNotIn("stranger", values)
        self.assertEqual((values["number"], values["range"], values["checkbox"]), (0.3, 3.0, True))
        self.assertNotIn("action", values)

    def test_what_one_person_typed_is_not_in_the_form_of_the_next(self):
        form = forms.Model(*EVERY)
        before = json.dumps(form.get_model())
        for value in ("a", "b", "nonsense"):
            try:
                form.parse({"select": value, "radio": value, "text": value, "checkbox": "on"})
            except InputsError:
                pass
        self.assertEqual(json.dumps(form.get_model()), before)

    def test_huge_and_strange_values_are_refused(self):
        form = forms.Model(forms.InputText("x"), forms.InputNumber("n"), forms.Checkbox("c"))
        for value in ("x" * 2_000_000, ["a"], {"a": 1}, True):
            with self.assertRaises(InputsError):
                form.parse({"x": value})
        for value in ("1e999", "nan", "0x10", "9" * 500, [1], True):
            with self.assertRaises(InputsError):
                form.parse({"n": value})

    def test_two_fields_of_one_name_are_the_authors_mistake(self):
        self.assertRaises(ValueError, forms.Model, forms.InputText("x"), forms.InputNumber("x"))


class Colour(enum.Enum):
    RED = "r"
    DEEP_BLUE = "b"


class Asked(BaseModel):
    name: Annotated[str, Field(min_length=2, description="yours")]
    age: Annotated[int, Field(ge=0, le=150)] = 30
    born: date | None = None
    colour: Colour = Colour.RED
    mood: Literal["good", "bad"] = "good"
    secret: SecretStr | None = None
    loud: bool = False


class TypedTest(unittest.TestCase):
    def test_a_pydantic_model_becomes_a_form_and_comes_back(self):
        form = forms.typed.TypedModel(Asked)
        told = {one.get("name"): one for one in form.get_model()}
        self.assertEqual([told[n]["type"] for n in Asked.model_fields], "text number date select select password boolean".split())
        self.assertTrue(told["name"]["required"])
        self.assertEqual((told["age"]["min_value"], told["age"]["max_value"], told["age"]["value"]), (0, 150, 30))
        self.assertEqual([one["label"] for one in told["colour"]["option"]], ["Red", "Deep blue"])
        built = form.build(form.parse({"name": "Ada", "age": "36", "born": "1815-12-10", "colour": "b", "loud": "on"}))
        self.assertEqual(built, Asked(name="Ada", age=36, born=date(1815, 12, 10), colour=Colour.DEEP_BLUE, loud=True))
        with self.assertRaises(InputsError) as caught:
            form.build(form.parse({"name": "A"}))
        self.assertEqual(list(caught.exception.errors), ["name"])

    def test_a_signature_becomes_a_form(self):
        def enter(request, name: str, times: int = 2, *, quiet: bool = True): ...

        fields = [one.get("name") for one in model_of_signature(enter).get_model() if one.get("name")]
        self.assertEqual(fields, ["name", "times", "quiet"])

        def impossible(x: list[complex]): ...

        self.assertRaises(FlowsError, model_of_signature, impossible)


class LaunchTest(unittest.TestCase):
    def test_an_entry_point_has_a_name_of_its_own(self):
        self.assertIs(resolve(name_of(serialize)), serialize)
        self.assertIs(resolve("eyepiece.flows.serial.serialize"), serialize)
        self.assertRaises(FlowsError, name_of, lambda: 0)
        self.assertRaises(ValueError, resolve, "nothing")

    def test_values_are_told_with_their_types(self):
        self.assertEqual(serialize({"a": 1}), '{"dict":{"a":1}}')
        self.assertEqual(serialize(["x", 2]), '{"__list__":[{"str":"x"},{"int":2}]}')
        self.assertEqual(serialize(None), '{"NoneType":null}')
        self.assertEqual(json.loads(serialize(Asked(name="Ada")))["Asked"]["colour"], "r")
        itself: list[object] = []
        itself.append(itself)
        self.assertIn("[[...]]", serialize({"x": itself}))
        self.assertRaises(ValueError, serialize, "x" * (MAX_EVENT + 1))


if __name__ == "__main__":
    unittest.main()
