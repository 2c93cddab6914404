"""Classification metrics by scikit-learn, which is imported when it is needed, because that takes a while."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import InputError, Text, as_floats


@dataclass(frozen=True)
class Metric:
    """Registry entry of a score: its name and its meaning.

    Attributes
    ----------
    name : str
        The attribute of `Scores`.
    label, why : Text
        The name that a reader sees, and one sentence on what it tells.
    tex : str
        In TeX, of counts: TP and FP samples are correctly and wrongly taken for the class, TN and FN for another.
    source : str
        Authors and year of the publication.
    """

    name: str
    label: Text
    tex: str
    why: Text
    source: str


METRICS = {
    record.name: record
    for record in (
        Metric(
            "accuracy",
            Text("accuracy", "准确率（精度）"),
            r"\frac{\text{TP}+\text{TN}}{m}",
            Text(
                "The share of samples classified correctly; misleading when one class is rare.",
                "分类正确的样本所占的比例；某一类很少见时意义不大。",
            ),
            "Finley 1884",
        ),
        Metric(
            "precision",
            Text("precision", "精确率（查准率）"),
            r"\frac{\text{TP}}{\text{TP}+\text{FP}}",
            Text(
                "Of all samples predicted to be in a class, the share that really is.",
                "被预测为某一类的样本中，真正属于该类的比例。",
            ),
            "van Rijsbergen 1979",
        ),
        Metric(
            "recall",
            Text("recall", "召回率（查全率）"),
            r"\frac{\text{TP}}{\text{TP}+\text{FN}}",
            Text("Of all samples in a class, the share that was found.", "真正属于某一类的样本中，被找出来的比例。"),
            "van Rijsbergen 1979",
        ),
        Metric(
            "f1",
            Text("F1", "F1 值"),
            r"\frac{2\cdot\text{precision}\cdot\text{recall}}{\text{precision}+\text{recall}}",
            Text(
                "The harmonic mean of precision and recall: low as soon as either of them is. With several "
                "classes it is computed for each class and then averaged, so it is not the harmonic mean of the "
                "averages shown beside it.",
                "精确率与召回率的调和平均：只要其中一个低，它就低。多类时先逐类计算再取平均（宏平均），因此不等于"
                "表中两个平均值的调和平均。",
            ),
            "van Rijsbergen 1979",
        ),
        Metric(
            "confusion",
            Text("confusion matrix", "混淆矩阵"),
            r"\begin{bmatrix}\text{TN}&\text{FP} \\ \text{FN}&\text{TP}\end{bmatrix}",
            Text(
                "Row i, column j: how many samples of class i were predicted as class j; the diagonal is correct.",
                "第 i 行第 j 列：第 i 类样本中被预测为第 j 类的个数；对角线上预测正确。",
            ),
            "Pearson 1904",
        ),
    )
}


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of a classification; those of several classes are averaged over the classes, each counting the same.

    Attributes
    ----------
    accuracy, precision, recall, f1 : float
        NaN where an output is not finite; 0 where a share is one of nothing.
    confusion : ndarray of shape (classes, classes)
        At [i, j] how many samples of class i were taken for class j.
    """

    accuracy: float
    precision: float
    recall: float
    f1: float
    confusion: NDArray

    @property
    def by_class(self) -> NDArray:
        """Precision, recall and F1 of each class, a row; NaN and 0 as above."""
        right, said, true = self.confusion.diagonal(), self.confusion.sum(axis=0), self.confusion.sum(axis=1)
        usual = 0.0 if np.isfinite(self.accuracy) else np.nan
        shares = ((right, said), (right, true), (2 * right, said + true))
        return np.column_stack([np.divide(a, b, out=np.full(len(a), usual), where=b > 0) for a, b in shares])


def classes(outputs: ArrayLike, threshold: float = 0.5) -> NDArray:
    """Return the class of each row: that of the largest output; of a single one whether it is above the threshold."""
    rows = np.atleast_2d(as_floats("outputs", outputs))
    return (rows[:, 0] > threshold).astype(int) if rows.shape[1] == 1 else rows.argmax(axis=1)


def scores(outputs: ArrayLike, y: ArrayLike, threshold: float = 0.5) -> Scores:
    """Return the scores of a network's outputs.

    Parameters
    ----------
    outputs, y : array_like of shape (m, n_L)
        The outputs of the network, and the targets: one column of 0 and 1, or one column for each class.
    threshold : float
        The bound above which a single output says 1.

    Raises
    ------
    InputError
        Where the shapes differ.

    Examples
    --------
    >>> scores([[0.9], [0.2], [0.6]], [[1], [0], [0]]).confusion.tolist()
    [[1, 1], [0, 1]]
    """
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support  # noqa: PLC0415

    said, right = as_floats("outputs", outputs), as_floats("y", y)
    if said.shape != right.shape or said.ndim != 2 or not said.size:
        allowed = Text("rows of outputs and targets of one shape", "形状相同的输出与目标")
        raise InputError(
            Text("outputs and targets do not match", "输出与目标不匹配"), allowed, f"{said.shape}, {right.shape}"
        )
    labels = range(max(2, said.shape[1]))
    if not np.isfinite(said).all():
        return Scores(np.nan, np.nan, np.nan, np.nan, np.zeros((len(labels),) * 2, int))
    truth, guess = classes(right, threshold), classes(said, threshold)
    average = "binary" if said.shape[1] == 1 else "macro"
    of_class = {} if average == "binary" else {"labels": labels}
    precision, recall, f1, _ = precision_recall_fscore_support(
        truth, guess, average=average, zero_division=0, **of_class
    )
    confusion = confusion_matrix(truth, guess, labels=labels)
    return Scores(float((truth == guess).mean()), float(precision), float(recall), float(f1), confusion)
