"""Processor: the few things that compiled code asks of the machine and for which Numba has no words.

Belongs here: comparing two rows in one step, counting bits, reading memory without counting who holds it. Not here: what any
of it means (answering, sketching).

Numba counts the holders of each array whenever one is taken out of a tuple, and two threads that count the same holders wait
for each other. What is read for each pair is therefore read by its bare address; whoever calls holds the arrays meanwhile.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from joinedup.processes.childindex.linkage.scoring.columns import WIDTH

_ROW = ir.VectorType(ir.IntType(32), WIDTH)
_BITS = ir.IntType(WIDTH)

Written = tuple[Any, Callable[..., Any]]


def _compared(_context: Any, cells: Any, _one: Any, _two: Any) -> Written:
    """Write the comparison of two rows: one bit for each cell, set where both are at least 0, and where they are equal."""

    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        rows = []
        for place in given[1:]:
            first = builder.gep(given[0], [builder.mul(place, ir.Constant(place.type, WIDTH))])
            rows.append(builder.load(builder.bitcast(first, _ROW.as_pointer()), align=4))
        said = builder.icmp_signed(">=", builder.or_(*rows), ir.Constant(_ROW, [0] * WIDTH))
        same = builder.and_(said, builder.icmp_signed("==", *rows))
        found = [builder.zext(builder.bitcast(each, _BITS), ir.IntType(64)) for each in (said, same)]
        return context.make_tuple(builder, signature.return_type, found)

    found: Any = types.UniTuple
    return found(types.int64, 2)(cells, types.intp, types.intp), write


def _counted(_context: Any, _bits: Any) -> Written:
    def write(_target: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.int64(types.int64), write


def _bare(_context: Any, array: Any) -> Written:
    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return context.make_array(signature.args[0])(context, builder, given[0]).data

    # A flag in memory is a byte, and not yet what Numba takes for one.
    entry = types.uint8 if array.dtype == types.boolean else array.dtype
    address: Any = types.CPointer
    return address(entry)(array), write


def _fetched(_context: Any, address: Any, _place: Any) -> Written:
    def write(_target: Any, builder: Any, _signature: Any, given: Any) -> Any:
        at = builder.bitcast(builder.gep(given[0], [given[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [at.type, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [at.type], kind)
        # To be read, kept near, as data.
        builder.call(fetch, [at, number(0), number(3), number(1)])

    return types.void(address, types.intp), write


#: (an address, a place) to nothing: what stands there comes nearer while other work goes on.
fetch: Any = intrinsic(_fetched)
#: (address of cells, one row, another) to the bits of what both say, and of what both have in common.
compared: Any = intrinsic(_compared)
#: A number to how many bits of it are set.
count_bits: Any = intrinsic(_counted)
#: An array to the address of its first entry, which is read as a list of one dimension.
bare: Any = intrinsic(_bare)
