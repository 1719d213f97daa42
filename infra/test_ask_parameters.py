"""The first deploy asks for what it needs, and does not begin without it."""
import configparser
import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import yaml
from ask_parameters import ASKED, main
from stacks import MAIN, ROOT
from samcli.yamlhelper import yaml_parse


# What every file has that the first deploy writes.
GRADUAL = {"GradualDeploys": "true"}


class Asking(unittest.TestCase):
    def ask(self, *lines):
        lines = iter(lines)

        def read(_):
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as said:
            file = Path(folder) / "deploy" / "staging.yaml"
            result = main(file, read)
            return result, said.getvalue(), yaml.safe_load(file.read_text()) if file.exists() else None

    def test_answers_are_written_and_empty_ones_left_out(self):
        result, _, written = self.ask("hello@example.com", "ops@example.com", "")
        self.assertEqual(result, 0)
        self.assertEqual(written, GRADUAL | {"MailFrom": "hello@example.com", "AlarmEmail": "ops@example.com"})

    def test_a_wrong_answer_is_asked_again(self):
        _, said, written = self.ask("hello", "hello@example.com", "", "hooks.example.com", "https://hooks.example.com")
        self.assertEqual(written, GRADUAL | {"MailFrom": "hello@example.com", "PublicUrl": "https://hooks.example.com"})
        self.assertIn("MailFrom has to be of the form", said)

    def test_without_answers_it_says_what_to_write_and_writes_nothing(self):
        result, _, written = self.ask("hello@example.com")
        self.assertIn("MailFrom: hello@example.com", result)
        self.assertIsNone(written)

    def test_every_parameter_without_a_default_is_asked_for(self):
        declared = yaml_parse((ROOT / MAIN).read_text())["Parameters"]
        needed = {name for name, parameter in declared.items() if "Default" not in parameter}
        self.assertLessEqual(needed, set(ASKED))

    def test_each_stage_is_a_stack_of_its_own_with_what_was_answered_for_it(self):
        config = configparser.ConfigParser()
        # Its first lines are in no section, which TOML allows.
        config.read_string("[top]\n" + (ROOT / "samconfig.toml").read_text())
        stages = {stage: config[f"{stage}.deploy.parameters"] for stage in ("staging", "production")}
        self.assertEqual(len({stage["stack_name"] for stage in stages.values()}), len(stages))
        for name, stage in stages.items():
            self.assertIn(f'"file://deploy/{name}.yaml"', stage["parameter_overrides"])
            self.assertIn(f"stage={name}", stage["tags"])


if __name__ == "__main__":
    unittest.main()
