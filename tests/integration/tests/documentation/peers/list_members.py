"""Lists the public members of a Python package, one a line: `python3 list_members.py <unpacked wheel> <package>`.

Public is what has no underscore in front of its name or of its module's. Packages are read, not imported.
"""

import ast
import pathlib
import sys


def members(body, prefix, in_class):
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield prefix + node.name, "method" if in_class else "function"
            case ast.ClassDef():
                yield prefix + node.name, "class"
                yield from members(node.body, prefix + node.name + ".", True)
            case ast.Assign():
                for target in node.targets:
                    yield from ((prefix + name.id, "value") for name in ast.walk(target) if isinstance(name, ast.Name))
            case ast.AnnAssign() if isinstance(node.target, ast.Name):
                yield prefix + node.target.id, "field"
            case ast.If() if "TYPE_CHECKING" not in ast.dump(node.test):
                yield from members(node.body, prefix, in_class)
            case ast.Try():
                yield from members(node.body, prefix, in_class)


def main(root, package):
    for file in sorted(pathlib.Path(root, package).rglob("*.py")):
        path = file.relative_to(root).with_suffix("").parts
        path = path[:-1] if path[-1] == "__init__" else path
        listed = {}
        for name, kind in members(ast.parse(file.read_text()).body, "", False):
            listed.setdefault(name, kind)
        for name, kind in listed.items():
            if not any(part.startswith("_") for part in (*path, *name.split("."))):
                print(kind, ".".join((*path, name)))


main(*sys.argv[1:])
