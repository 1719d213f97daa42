"""A release has another name exactly when something of it has changed."""
import tempfile
import unittest
from pathlib import Path

from release import deployed, release
from stacks import MAIN, ROOT


class Naming(unittest.TestCase):
    def test_a_changed_parameter_is_another_release_and_the_same_files_are_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            code, parameters = Path(folder, "bootstrap"), Path(folder, "staging.yaml")
            code.write_bytes(b"code")
            parameters.write_text("PublicUrl: https://a.example")
            first = release([code, parameters])
            self.assertEqual(release([parameters, code]), first)
            parameters.write_text("PublicUrl: https://b.example")
            self.assertNotEqual(release([code, parameters]), first)

    def test_code_template_and_parameters_are_of_it(self):
        with tempfile.TemporaryDirectory() as folder:
            bootstrap = Path(folder, "target", "lambda", "webhook-sms", "bootstrap")
            bootstrap.parent.mkdir(parents=True)
            bootstrap.touch()
            found = deployed(ROOT / "deploy" / "staging.yaml", Path(folder))
        self.assertIn(bootstrap, found)
        self.assertIn(ROOT / MAIN, found)
        self.assertIn(ROOT / "deploy" / "staging.yaml", found)


if __name__ == "__main__":
    unittest.main()
