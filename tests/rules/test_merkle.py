"""The tree: the roots of Certificate Transparency, an independent library, and no false proof."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from huiyin.rules import merkle

# The test vectors of certificate-transparency-go: eight leaves and the root after each.
CT_LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % number) for number in range(count)]


def stored(of: list[bytes]) -> Callable[[int, int], bytes]:
    nodes = {(node.level, node.index): node.hash for node in merkle.append(merkle.Frontier(), of)[1]}
    return lambda level, index: nodes[level, index]


def test_the_roots_are_those_of_certificate_transparency() -> None:
    hashed = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in CT_LEAVES]
    assert [merkle.root(hashed[:size]).hex() for size in range(1, 9)] == CT_ROOTS
    assert merkle.root([]) == merkle.EMPTY_ROOT


def test_an_independent_library_finds_the_same_roots_and_proofs() -> None:
    other, size = InmemoryTree(algorithm="sha256"), 40
    for number in range(size):
        other.append_entry(b"%d" % number)
    at = stored(leaves(size))
    for old in range(1, size + 1):
        assert merkle.root_at(old, at) == other.get_root(old)
        assert set(merkle.inclusion_path(old - 1, size, at)) <= set(other.prove_inclusion(old, size).path)


def test_every_proof_of_every_small_tree_holds() -> None:
    hashed = leaves(34)
    at = stored(hashed)
    roots = [merkle.root(hashed[:size]) for size in range(len(hashed) + 1)]
    for size in range(1, len(hashed) + 1):
        assert merkle.root_at(size, at) == roots[size]
        for index in range(size):
            path = merkle.inclusion_path(index, size, at)
            assert merkle.verify_inclusion(hashed[index], index, size, path, roots[size])
        for old in range(1, size + 1):
            path = merkle.consistency_path(old, size, at)
            assert merkle.verify_consistency(old, size, roots[old], roots[size], path)


@given(st.integers(1, 300), st.data())
def test_no_false_proof_is_believed(size: int, data: st.DataObject) -> None:
    hashed = leaves(size)
    at, root = stored(hashed), merkle.root(hashed)
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(index, size, at)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, path, root)
    assert not merkle.verify_inclusion(hashed[index], index, size, [*path, root], root)
    assert not merkle.verify_inclusion(hashed[index], size, size, path, root)
    other = data.draw(st.integers(0, size - 1))
    assert other == index or not merkle.verify_inclusion(hashed[index], other, size, path, root)
    if path:
        assert not merkle.verify_inclusion(hashed[index], index, size, path[:-1], root)


@given(st.integers(2, 200), st.data())
def test_a_rewritten_past_is_found(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    place = data.draw(st.integers(0, old - 1))
    hashed = leaves(size)
    held = merkle.root(hashed[:old])
    hashed[place] = merkle.leaf_hash(b"rewritten")
    path = merkle.consistency_path(old, size, stored(hashed))
    assert not merkle.verify_consistency(old, size, held, merkle.root(hashed), path)


@given(st.lists(st.integers(0, 9), max_size=12))
def test_appending_in_batches_gives_one_tree(batches: list[int]) -> None:
    hashed = leaves(sum(batches))
    frontier, made, done = merkle.Frontier(), [], 0
    for batch in batches:
        frontier, nodes = merkle.append(frontier, hashed[done : done + batch])
        made += nodes
        done += batch
    nodes_by_place = {(node.level, node.index): node.hash for node in made}
    assert len(nodes_by_place) == len(made)
    assert frontier.root() == merkle.root(hashed)
    assert frontier == merkle.frontier_at(len(hashed), lambda level, index: nodes_by_place[level, index])


def test_places_outside_the_tree_are_refused() -> None:
    at = stored(leaves(4))
    for index, size in ((4, 4), (-1, 4), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_path(index, size, at)
    for old, new in ((0, 4), (5, 4)):
        with pytest.raises(ValueError, match="consistency"):
            merkle.consistency_path(old, new, at)
        assert not merkle.verify_consistency(old, new, b"", b"", [])
