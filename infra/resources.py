"""Prints how many resources the stacks have, by kind, and how many the main one will have with the functions that are planned.

What grows with the functions is what SAM makes of one, named after it, and the stack of its queue. The rest is there once.
"""
from collections import Counter, namedtuple

from stacks import MAIN, QUEUE, instances, of_type, stacks

# CloudFormation takes 500 resources a stack.
MOST = 450
PLANNED = 85
A_FUNCTION = 4.5

Size = namedtuple("Size", "functions fixed growing")


def size(main):
    """The main stack as it is with gradual deploys, which add a deployment group for each alias, an application and a role."""
    functions = tuple(of_type(main, "AWS::Lambda::Function"))
    queues = instances(main, QUEUE)
    growing = sum(name.startswith(functions) or name in queues for name in main["Resources"])
    gradual = len(of_type(main, "AWS::Lambda::Alias"))
    return Size(len(functions), len(main["Resources"]) - growing + 2, growing + gradual)


def each(main):
    """How many a function costs."""
    functions, _, growing = size(main)
    return growing / functions


def planned(main):
    """How many there will be."""
    return round(size(main).fixed + PLANNED * each(main))


def report(found):
    main = found[MAIN]
    for file, template in found.items():
        times = len(instances(main, file)) if file != MAIN else 1
        yield f"{len(template['Resources'])} in {file}" + (f", {times} times" if times > 1 else "")
        for kind, count in Counter(r["Type"] for r in template["Resources"].values()).most_common():
            yield f"  {count:4} {kind}"
    functions, fixed, growing = size(main)
    yield f"With gradual deploys the main stack has {fixed + growing}: {fixed} are there once, {growing} belong to {functions} functions."
    yield f"{growing / functions:.2f} a function, at most {A_FUNCTION}; {planned(main)} with {PLANNED} functions, at most {MOST}."


if __name__ == "__main__":
    print("\n".join(report(stacks())))
