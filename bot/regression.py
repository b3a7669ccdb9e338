"""A multinomial logistic regression, and the file that its weights are written to."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.learned import Learned

Features = Mapping[str, float]
"""What is weighed of one text, and how much of it there is."""
_LEAST_WEIGHT = 0.05


def fit(
    rows: Sequence[Features], right: Sequence[str], counts: Sequence[float], strength: float, least_seen: int
) -> Learned:
    """Return the weights of a multinomial logistic regression, small ones left out.

    `strength` is the inverse of how much large weights are held back, `least_seen` in how many rows a feature stands.
    """
    # Only who trains needs it: 90 MB with what it brings along.
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(feature for row in rows for feature in row)
    columns = DictVectorizer()
    table = columns.fit_transform({name: row[name] for name in row if seen[name] >= least_seen} for row in rows)
    model = LogisticRegression(C=strength, max_iter=500, tol=1e-3).fit(table, right, sample_weight=counts)
    classes = list(model.classes_)
    # Of two classes scikit-learn tells the second alone: the first is its opposite.
    both = [-1, 1] if len(classes) == 2 else None
    starts = [sign * model.intercept_[0] for sign in both] if both else model.intercept_
    slopes = zip(*([sign * model.coef_[0] for sign in both] if both else model.coef_), strict=True)
    learned = {"always": dict(zip(classes, map(_rounded, starts), strict=True))}
    for name, weights in zip(columns.get_feature_names_out(), slopes, strict=True):
        loud = {of: _rounded(by) for of, by in zip(classes, weights, strict=True) if abs(by) >= _LEAST_WEIGHT}
        if loud:
            learned[str(name)] = loud
    return learned


def _rounded(weight: float) -> float:
    return round(float(weight), 2)


def write(learned: Learned, path: Path) -> None:
    """Write the weights, a line a feature, so that a change can be read."""
    lines = (f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(of)}" for name, of in sorted(learned.items()))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
