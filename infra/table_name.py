"""Prints the name of the table of a stage that was deployed.

    python infra/table_name.py STAGE
"""
import sys
import tomllib
from pathlib import Path

import boto3

if __name__ == "__main__":
    config = Path(__file__).resolve().parent.parent / "samconfig.toml"
    stages = tomllib.loads(config.read_text())
    stack = stages[sys.argv[1]]["deploy"]["parameters"]["stack_name"]
    outputs = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    print(next(output["OutputValue"] for output in outputs if output["OutputKey"] == "TableName"))
