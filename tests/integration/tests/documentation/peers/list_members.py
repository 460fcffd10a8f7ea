"""Lists the public members of a Python package, one a line: `python3 list_members.py <unpacked wheel> <package>`.

Public is what has no underscore in front of its name or of its module's; what a module's `__all__`, or a package, takes from elsewhere under
a name that is not public there; what an object has (`self.name = ..`); and what a public class has of a private one. Packages are read, not
imported.
"""

import ast
import pathlib
import sys


def is_public(path):
    return not any(part.startswith("_") for part in path.split("."))


class Module:
    def __init__(self, name, is_package, tree):
        self.name, self.is_package, self.body = name, is_package, tree.body
        self.exported, self.imported, self.classes = set(), {}, {}
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom():
                    for alias in node.names:
                        self.imported[alias.asname or alias.name] = (self.origin(node), alias.name)
                case ast.ClassDef():
                    self.classes.setdefault(node.name, node)
        for node in self.body:
            match node:
                case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple()):
                    self.exported = {item.value for item in node.value.elts}

    def origin(self, node):
        """The name of the module that is imported from."""
        if not node.level:
            return node.module
        package = self.name.split(".")
        package = package[: len(package) - node.level + self.is_package]
        return ".".join([*package, *([node.module] if node.module else [])])

    def taken(self):
        """The names that are public here and not where they come from."""
        for name, (origin, original) in self.imported.items():
            is_taken = name in self.exported or self.is_package and not is_public(origin)
            if is_taken and not (is_public(f"{origin}.{original}") and name == original):
                yield name


class Package:
    def __init__(self, root, package):
        self.modules = {}
        for file in sorted(pathlib.Path(root, package).rglob("*.py")):
            path = file.relative_to(root).with_suffix("").parts
            is_package = path[-1] == "__init__"
            name = ".".join(path[:-1] if is_package else path)
            self.modules[name] = Module(name, is_package, ast.parse(file.read_text()))

    def find(self, module, name):
        """A class and the module that it stands in."""
        if name in module.classes:
            return module, module.classes[name]
        origin, original = module.imported.get(name, (None, None))
        return self.find(self.modules[origin], original) if origin in self.modules else None

    def private_bases(self, module, node):
        for base in node.bases:
            match base:
                case ast.Name(id=name):
                    found = self.find(module, name)
                case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                    origin = ".".join(module.imported.get(name, (name,)))
                    found = self.find(self.modules[origin], attribute) if origin in self.modules else None
                case _:
                    found = None
            if found and not is_public(f"{found[0].name}.{found[1].name}"):
                yield found

    def of_class(self, module, node, prefix):
        yield from self.members(module, node.body, prefix, True)
        for inner in ast.walk(node):
            match inner:
                case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                    yield prefix + name, "field"
        for home, base in self.private_bases(module, node):
            yield from self.of_class(home, base, prefix)

    def members(self, module, body, prefix="", in_class=False):
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield prefix + node.name, "method" if in_class else "function"
                case ast.ClassDef():
                    yield prefix + node.name, "class"
                    yield from self.of_class(module, node, prefix + node.name + ".")
                case ast.Assign():
                    for target in node.targets:
                        names = (name for name in ast.walk(target) if isinstance(name, ast.Name))
                        yield from ((prefix + name.id, "value") for name in names)
                case ast.AnnAssign() if isinstance(node.target, ast.Name):
                    yield prefix + node.target.id, "field"
                case ast.If() if "TYPE_CHECKING" not in ast.dump(node.test):
                    yield from self.members(module, node.body, prefix, in_class)
                case ast.Try():
                    yield from self.members(module, node.body, prefix, in_class)

    def all(self, module):
        yield from self.members(module, module.body)
        for name in module.taken():
            found = self.find(module, name)
            yield name, "class" if found else "function"
            if found and not is_public(f"{found[0].name}.{found[1].name}"):
                yield from self.of_class(*found, name + ".")


def main(root, package):
    package = Package(root, package)
    for module in package.modules.values():
        listed = {}
        for name, kind in package.all(module):
            listed.setdefault(name, kind)
        for name, kind in listed.items():
            if is_public(f"{module.name}.{name}"):
                print(kind, f"{module.name}.{name}")


main(*sys.argv[1:])
