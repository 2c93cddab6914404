"""Mutants of a module: the same source with one token changed, found in its syntax tree."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

OTHERS = {
    ast.Lt: ["<=", ">="], ast.LtE: ["<", ">"], ast.Gt: [">=", "<="], ast.GtE: [">", "<"], ast.Eq: ["!="],
    ast.NotEq: ["=="], ast.In: ["not in"], ast.NotIn: ["in"], ast.Is: ["is not"], ast.IsNot: ["is"],
    ast.Add: ["-"], ast.Sub: ["+"], ast.Mult: ["/"], ast.Div: ["*"], ast.FloorDiv: ["*"], ast.Mod: ["*"],
    ast.Pow: ["*"], ast.MatMult: ["*"], ast.BitAnd: ["|"], ast.And: ["or"], ast.Or: ["and"],
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
DECLARES = ("strict", "kw_only")  # words of a call that change nothing in a program that runs
OPERATOR = re.compile(rb"is\s+not\b|not\s+in\b|[<>=!]=|//|\*\*|[-+*/%@&<>]|\b(?:in|is|and|or)\b")


@dataclass(frozen=True)
class Mutant:
    """Mutant of a module: the bytes that are replaced, and by what."""

    path: str
    start: int
    end: int
    token: bytes

    def source(self, root: Path) -> bytes:
        """The source of the module with this token."""
        before = (root / self.path).read_bytes()
        return before[: self.start] + self.token + before[self.end :]

    def lines(self, root: Path) -> tuple[int, str, str]:
        """The number of the line, and what stands in it before and after."""
        source = (root / self.path).read_bytes()
        number = source.count(b"\n", 0, self.start)
        now, then = (text.decode().splitlines()[number].strip() for text in (source, self.source(root)))
        return number + 1, now, then

    def compiles(self, root: Path) -> bool:
        """Whether the mutant is Python at all."""
        try:
            compile(self.source(root), "mutant", "exec")
        except SyntaxError:
            return False
        return True


class Finder(ast.NodeVisitor):
    """The tokens of a source that can be others."""

    def __init__(self, source: bytes):
        self.source, self.found = source, []
        self.starts = [0, *(match.end() for match in re.finditer(rb"\n", source))]
        self.visit(ast.parse(source))

    def span(self, node):
        begins = self.starts[node.lineno - 1] + node.col_offset
        return begins, self.starts[node.end_lineno - 1] + node.end_col_offset

    def between(self, left, right, operator):
        """Note the operator between two operands."""
        end, start = self.span(left)[1], self.span(right)[0]
        at = OPERATOR.search(re.sub(rb"#.*", lambda comment: b" " * len(comment[0]), self.source[end:start]))
        if at:
            self.found += [(end + at.start(), end + at.end(), token) for token in OTHERS.get(type(operator), ())]

    def visit_BinOp(self, node):
        self.between(node.left, node.right, node.op)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.between(node.target, node.value, node.op)
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, node.op)
        self.generic_visit(node)

    def visit_Compare(self, node):
        for left, right, operator in zip([node.left, *node.comparators], node.comparators, node.ops, strict=False):
            self.between(left, right, operator)
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not | ast.USub):
            start = self.span(node)[0]
            self.found.append((start, start + (4 if isinstance(node.op, ast.Not) else 1), b""))
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, bool):
            self.found.append((*self.span(node), str(not node.value)))
        elif isinstance(node.value, int | float):
            self.found += [(*self.span(node), repr(node.value + by)) for by in (1, -1)]

    def visit_Slice(self, node):
        """Leave out one end."""
        self.found += [(*self.span(end), b"") for end in (node.lower, node.upper) if end]
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in CALLED:
            self.found.append((*self.span(node.func), CALLED[node.func.id]))
        for part in (node.func, *node.args, *(word for word in node.keywords if word.arg not in DECLARES)):
            self.visit(part)

    def visit_FunctionDef(self, node):
        """Look at what a function computes, not at its annotations and decorators."""
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(part)

    def visit_ClassDef(self, node):
        for part in node.body:
            self.visit(part)

    def visit_AnnAssign(self, node):
        if node.value:
            self.visit(node.value)

    def visit_JoinedStr(self, node):
        """Leave the inside of an f-string alone: before Python 3.12 it has no place."""


def mutants(path: str, root: Path) -> list[Mutant]:
    """All mutants of a module, whether or not they compile."""
    source = (root / path).read_bytes()
    return [Mutant(path, *span, t if isinstance(t, bytes) else t.encode()) for *span, t in Finder(source).found]
