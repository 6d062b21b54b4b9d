"""Agreeing: which columns two rows both say and which they have in common, all columns in one step of the processor.

Belongs here: the few instructions for which Numba has no words. Not here: which columns there are (columns), what agreement
means (answering).
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from joinedup.processes.childindex.linkage.scoring.columns import WIDTH

_ROW = ir.VectorType(ir.IntType(32), WIDTH)
_BITS = ir.IntType(WIDTH)


def _compared(_context: Any, cells: Any, _one: Any, _two: Any) -> tuple[Any, Callable[..., Any]]:
    """Write the comparison of two rows: one bit for each cell, set where both are at least 0, and where they are equal."""

    def write(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        table = context.make_array(signature.args[0])(context, builder, given[0])
        rows = []
        for place in given[1:]:
            first = builder.gep(table.data, [builder.mul(place, ir.Constant(place.type, WIDTH))])
            rows.append(builder.load(builder.bitcast(first, _ROW.as_pointer()), align=4))
        said = builder.icmp_signed(">=", builder.or_(*rows), ir.Constant(_ROW, [0] * WIDTH))
        same = builder.and_(said, builder.icmp_signed("==", *rows))
        found = [builder.zext(builder.bitcast(each, _BITS), ir.IntType(64)) for each in (said, same)]
        return context.make_tuple(builder, signature.return_type, found)

    return types.UniTuple(types.int64, 2)(cells, types.intp, types.intp), write


#: (cells, one row, another) to the bits of what both say, and of what both have in common.
compared: Any = intrinsic(_compared)
