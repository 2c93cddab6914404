"""Published worked examples: the network, the data, what was printed, and why some of it is wrong.

One record each, in one file for each source. What was printed says where, and stands there as printed, digits included;
other numbers are reference values. Whether one is right is computed, never typed.
"""

from engine.examples.adam import ADAM
from engine.examples.hagan import HAGAN
from engine.examples.homework import HOMEWORK, HOMEWORK_DEAD_HIDDEN, HOMEWORK_DEAD_OUTPUT
from engine.examples.mazur import MAZUR
from engine.examples.nielsen import NEURONS, SATURATED
from engine.examples.relu_softmax import RELU_SOFTMAX
from engine.examples.softmax_dead import SOFTMAX_DEAD
from engine.examples.two_sigmoids import TWO_SIGMOIDS
from engine.examples.xor import XOR

EXAMPLES = {
    record.name: record
    for record in (
        RELU_SOFTMAX,
        MAZUR,
        TWO_SIGMOIDS,
        XOR,
        SATURATED,
        *NEURONS,
        HOMEWORK,
        HOMEWORK_DEAD_HIDDEN,
        HOMEWORK_DEAD_OUTPUT,
        SOFTMAX_DEAD,
        HAGAN,
        ADAM,
    )
}
