"""A stack that is led to another table speaks of no other."""
import unittest

from stacks import MAIN, ROOT, of_type, stacks, transformed
from point_at_table import pointed_at
from samcli.yamlhelper import yaml_parse

STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/restored/stream/2026-11-28T00:00:00.000"


class Pointing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = pointed_at((ROOT / MAIN).read_text(), "restored", STREAM)
        cls.resources = transformed(yaml_parse(cls.template))["Resources"]

    def test_the_old_table_is_neither_named_nor_made(self):
        self.assertNotIn("Table", self.resources)
        for mention in ("!Ref Table\n", "Table.Arn", "Table.StreamArn", "'Table'"):
            self.assertNotIn(mention, self.template)

    def test_functions_their_permissions_and_the_stream_are_led_to_the_other(self):
        functions = of_type({"Resources": self.resources}, "AWS::Lambda::Function")
        names = {f["Properties"]["Environment"]["Variables"]["TABLE_NAME"] for f in functions.values()}
        self.assertEqual(names, {"restored"})
        self.assertEqual(self.resources["WorkerOutboxStream"]["Properties"]["EventSourceArn"], STREAM)
        document = str(self.resources["ApiLeadsRole"])
        self.assertIn("table/restored'", document)
        self.assertIn("table/restored/index/gsi1", document)

    def test_nothing_else_changes(self):
        before = stacks()[MAIN]["Resources"]
        self.assertEqual(before.keys() - self.resources.keys(), {"Table"})
        self.assertEqual(self.resources.keys() - before.keys(), set())


if __name__ == "__main__":
    unittest.main()
