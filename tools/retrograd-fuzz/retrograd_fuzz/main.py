#===- main.py - The command line ----------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from .batch import FLAGS, SOURCE, Tools
from .campaign import Campaign
from .driver import program_text
from .hostile.run import add_arguments, hostile
from .productions import ALL, Productions
from .programs import generate
from .reducer import Reducer
from .regression import write_regression


def arguments():
    parser = argparse.ArgumentParser(
        prog="retrograd-fuzz",
        description="Generates random programs, differentiates them, and "
        "compares the derivatives with independent oracles.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list the productions")
    show = commands.add_parser("show", help="print the program of a seed")
    campaign = commands.add_parser("run", help="try many programs")
    reduce = commands.add_parser(
        "reduce", help="shrink the program of a seed while it fails")
    add_arguments(commands.add_parser(
        "hostile", help="try pragmas and functions that nobody would write"),
        SOURCE / "build")
    for command in (show, reduce):
        command.add_argument("seed", help="<seed of a campaign>.<number>")
    for command in (show, campaign, reduce):
        command.add_argument("--without", metavar="PRODUCTIONS", default="",
                             help="switch these off, separated by commas")
        command.add_argument("--only", metavar="PRODUCTIONS",
                             help="switch all others off")
    for command in (campaign, reduce):
        command.add_argument("--build", type=Path, default=SOURCE / "build",
                             help="build folder of Retrograd")
        command.add_argument("--work", type=Path,
                             help="folder for what is compiled, and findings")
        command.add_argument("--directions", action="store_true",
                             help="judge vjp and jvp in several directions")
    campaign.add_argument("--seed", help="default: a random one, printed")
    campaign.add_argument("--programs", type=int, help="how many")
    campaign.add_argument("--seconds", type=float, help="how long")
    campaign.add_argument("--batch", type=int, default=40,
                          help="programs in a run of the compiler")
    campaign.add_argument("--jobs", type=int, default=2)
    campaign.add_argument("--configuration", choices=sorted(FLAGS),
                          help="only this one instead of all in turn")
    campaign.add_argument("--report", type=Path, help="figures as JSON")
    reduce.add_argument("--configuration", choices=sorted(FLAGS),
                        default="O0")
    reduce.add_argument("--output", type=Path,
                        help="write a regression test for lit")
    return parser.parse_args()


def productions_of(options):
    def split(text):
        return [word for word in text.split(",") if word]

    # An object has one direction.
    structs = ["local-struct", "local-object"]
    without = structs if getattr(options, "directions", False) else []
    return Productions(split(options.without) + without,
                       split(options.only) if options.only else None)


def campaign(options, tools):
    if options.programs is None and options.seconds is None:
        options.programs = 200
    seed = options.seed or secrets.token_hex(4)
    print(f"seed {seed}", flush=True)
    made = Campaign(tools, productions_of(options), seed, options.programs,
                    options.seconds, options.batch, options.jobs,
                    [options.configuration] if options.configuration else None)
    print(made.run().summary())
    if options.report:
        made.report(options.report)
    if made.findings:
        print(f"findings: {tools.work / 'findings'}; shrink one by "
              "retrograd-fuzz reduce <seed>")
    if made.passed == 0:
        print("error: no program has passed", file=sys.stderr)
    return 1 if made.findings or made.passed == 0 else 0


def reduce(options, tools):
    tools.prepare()
    program = generate(options.seed, productions_of(options))
    smallest = Reducer(tools, options.configuration).reduce(program)
    if smallest is None:
        print(f"error: the program of seed {options.seed} does not fail",
              file=sys.stderr)
        return 1
    print(program_text(smallest))
    if options.output:
        write_regression(options.output, smallest, options.seed)
    return 0


def main():
    options = arguments()
    if options.command == "list":
        for name, p in ALL.items():
            print(f"{name:24} {p.kind:11} {p.summary}")
        return 0
    try:
        if options.command == "show":
            print(program_text(generate(options.seed,
                                        productions_of(options))))
            return 0
        with tempfile.TemporaryDirectory() as scratch:
            if options.command == "hostile":
                return hostile(options, options.work or Path(scratch))
            tools = Tools(options.build, options.work or Path(scratch),
                          directions=options.directions)
            if not tools.plugin.exists():
                raise ValueError(f"no plugin in '{options.build}': build "
                                 "Retrograd, or name its folder by --build")
            run = campaign if options.command == "run" else reduce
            return run(options, tools)
    except (ValueError, RuntimeError) as error:
        print(f"retrograd-fuzz: error: {error}", file=sys.stderr)
        return 2
