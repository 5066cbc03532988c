"""Expected values of the wide branch, computed by scikit-learn and scipy.

usage: reference_sklearn.py > expected.json

Features: 1- to 3-grams that are in two texts at least, presence; scaled by their log ratios (Wang and
Manning, 2012). Two classes: LogisticRegression of those. Three classes: softmax over features that each class
scales by its own ratio, which scikit-learn does not have; minimized by scipy in the same words as the product's.
"""
import itertools
import json

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

SUBJECTS = ["the film", "this movie", "the plot", "don't say it"]
VERBS = ["was", "is not", "looks", "is"]
WORDS = {0: ["awful", "a bore", "bad"], 1: ["good", "great fun", "a joy"], 2: ["so so", "long", "café talk"]}


def corpus(classes):
    """Texts in a fixed order, none twice; some say the opposite of their class."""
    texts, labels = [], []
    for i, (subject, verb, end) in enumerate(itertools.product(SUBJECTS, VERBS, range(3))):
        label = i * 7 % 5 % classes
        said = (label + (1 if i % 6 == 0 else 0)) % classes
        texts.append(f"{subject} {verb} {WORDS[said][end]}" + (" and long" if i % 4 == 0 else ""))
        labels.append(label)
    return texts, np.array(labels)


def ratios(x, y, weights, label):
    p = 1 + np.asarray(x[y == label].T @ weights[y == label]).ravel()
    q = 1 + np.asarray(x[y != label].T @ weights[y != label]).ravel()
    return np.log((p / p.sum()) / (q / q.sum()))


def two_classes(texts, y, weights, regularization):
    vectorizer = CountVectorizer(token_pattern=r"[\w']+", ngram_range=(1, 3), binary=True, min_df=2)
    x = vectorizer.fit_transform(texts).toarray().astype(float)
    r = ratios(x, y, weights, 1)
    model = LogisticRegression(C=1 / regularization, tol=1e-10, max_iter=100000)
    model.fit(x * r, y, sample_weight=weights)
    return vectorizer, (model.coef_[0] * r)[:, None], model.intercept_, model.decision_function(x * r)[:, None]


def many_classes(texts, y, weights, regularization, classes):
    vectorizer = CountVectorizer(token_pattern=r"[\w']+", ngram_range=(1, 3), binary=True, min_df=2)
    x = vectorizer.fit_transform(texts).toarray().astype(float)
    r = np.stack([ratios(x, y, weights, k) for k in range(classes)], axis=1)
    shape = r.shape

    def value(v):
        w, b = v[:-classes].reshape(shape), v[-classes:]
        z = x @ (w * r) + b
        loss = (weights * (logsumexp(z, axis=1) - z[np.arange(len(y)), y])).sum()
        e = weights[:, None] * (softmax(z, axis=1) - np.eye(classes)[y])
        gradient = np.concatenate([((x.T @ e) * r + regularization * w).ravel(), e.sum(0)])
        return loss + regularization / 2 * (w ** 2).sum(), gradient

    best = minimize(value, np.zeros(r.size + classes), jac=True, method="L-BFGS-B",
                    options={"maxiter": 100000, "maxfun": 1000000, "ftol": 1e-16, "gtol": 1e-10})
    w, b = best.x[:-classes].reshape(shape), best.x[-classes:]
    return vectorizer, w * r, b, x @ (w * r) + b


def case(name, texts, y, weights, regularization, result):
    vectorizer, kernel, bias, logits = result
    names = vectorizer.get_feature_names_out().tolist()
    return {"name": name, "texts": texts, "labels": y.tolist(), "weights": weights.tolist(),
            "regularization": regularization, "ngrams": names, "kernel": kernel.tolist(), "bias": list(bias),
            "logits": logits.tolist()}


def main():
    cases = []
    texts, y = corpus(2)
    ones, uneven = np.ones(len(y)), 0.25 * (1 + np.arange(len(y)) % 8)
    cases.append(case("two classes", texts, y, ones, 1.0, two_classes(texts, y, ones, 1.0)))
    cases.append(case("weights", texts, y, uneven, 0.25, two_classes(texts, y, uneven, 0.25)))
    texts, y = corpus(3)
    cases.append(case("three classes", texts, y, uneven, 0.5, many_classes(texts, y, uneven, 0.5, 3)))
    print(json.dumps(cases, indent=None, separators=(",", ":")))


main()
