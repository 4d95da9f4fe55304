"""``python -m benchmarks``: measures, and shows how far the goals are met."""

import argparse
from pathlib import Path
from typing import Final

from benchmarks.plan import FULL, MIB, QUICK, Plan
from benchmarks.report import table, to_json, to_markdown
from benchmarks.suite import SECTIONS, run

_HERE: Final = Path(__file__).parent


def _plan(args: argparse.Namespace) -> Plan:
    plan: Plan = QUICK if args.quick else FULL
    if args.size is not None:
        plan = plan._replace(size=int(args.size * MIB))
    if args.calls is not None:
        plan = plan._replace(calls=args.calls)
    if args.jobs is not None:
        plan = plan._replace(jobs=args.jobs)
    if args.rows is not None:
        plan = plan._replace(rows=args.rows)
    if args.rounds is not None:
        plan = plan._replace(call_rounds=args.rounds, upload_rounds=args.rounds)
    return plan


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="64 MiB and few rounds")
    parser.add_argument("--size", type=float, help="MiB of the large upload (1024)")
    parser.add_argument("--calls", type=int, help="small calls per measurement (1500)")
    parser.add_argument("--jobs", type=int, help="jobs that are waited for (10000)")
    parser.add_argument("--rows", type=int, help="rows of a long run (100000)")
    parser.add_argument("--rounds", type=int, help="rounds of everything (7)")
    parser.add_argument("--json", type=Path, default=_HERE / "results.json", help="where to")
    parser.add_argument("--record", action="store_true", help="write RESULTS.md too")
    parser.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="SECTION",
        choices=[section.name for section in SECTIONS],
        help="measure only these",
    )
    args = parser.parse_args()
    if args.record and args.only:
        parser.error("--record writes the whole table: leave --only out")
    rows = run(_plan(args), args.only)
    print(table(rows))
    args.json.write_text(to_json(rows))
    if args.record:
        methods = [section.method for section in SECTIONS]
        (_HERE / "RESULTS.md").write_text(to_markdown(rows, methods))


if __name__ == "__main__":
    main()
