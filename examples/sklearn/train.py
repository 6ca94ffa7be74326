"""Trains a classifier of handwritten digits (scikit-learn's 8x8 images) and cross-checks it on its training rows.

    train.py [--model mlp] [--features 64] ... [--predictions FILE] [--rows test]

Its last line is the macro F1 over all rows of the training part, each predicted by a model that has not seen it. The
rest of the rows is for the very end: only --rows test looks at them, with a model trained on the whole training part.
"""

import argparse
import csv
import os
import pathlib
import sys
import warnings

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "clients"))
import turngreen_run as run  # noqa: E402

FOLDS = 3
TEST_SHARE = 0.2
SPLIT_SEED = 0  # the rows are split the same way in every run, so that runs can be compared row by row


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--features", type=int, default=64, help="pixels kept of 64, the most telling ones")
    parser.add_argument("--subset", type=float, default=1, help="share of the rows to train on")
    parser.add_argument("--model", choices=("mlp", "forest", "svm", "logistic"), default="mlp")
    parser.add_argument("--units", type=int, default=100, help="of the mlp's hidden layer")
    parser.add_argument("--trees", type=int, default=300, help="of the forest")
    parser.add_argument("--ensemble", type=int, default=3, help="models whose probabilities are averaged")
    parser.add_argument("--early-stopping", choices=("off", "on"), default="off", help="of the mlp")
    parser.add_argument("--precision", choices=("float64", "float32"), default="float64")
    parser.add_argument("--threads", type=int, default=1, help="of the linear algebra and the forest")
    parser.add_argument("--fidelity", type=float, default=1, help="share of the job: of the rows to train on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--predictions", type=pathlib.Path, help="CSV file to write: id (of the row), label, prediction")
    parser.add_argument(
        "--rows", choices=("validation", "test"), default="validation", help="to judge by; test: kept for the very end"
    )
    return parser.parse_args()


def load_data():
    """Rows to train on and rows to test on, as indices into the digits."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    images, digits = load_digits(return_X_y=True)
    training, test = train_test_split(
        range(len(digits)), test_size=TEST_SHARE, stratify=digits, random_state=SPLIT_SEED
    )
    return images, digits, training, test


def single_model(arguments, seed):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.svm import SVC

    if arguments.model == "forest":
        return RandomForestClassifier(arguments.trees, n_jobs=arguments.threads, random_state=seed)
    if arguments.model == "svm":
        return SVC(C=10, random_state=seed)
    if arguments.model == "logistic":
        return LogisticRegression(max_iter=1000, random_state=seed)
    stopping = arguments.early_stopping == "on"
    return MLPClassifier(arguments.units, early_stopping=stopping, random_state=seed)


def fit(arguments, images, digits, rows):
    """Pipelines fitted to `rows`, or to the share of them that is asked for."""
    import numpy as np
    from sklearn.feature_selection import SelectKBest, f_classif
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    generator = np.random.default_rng(arguments.seed)
    count = max(50, round(len(rows) * arguments.subset * arguments.fidelity))
    fitted = []
    for number in range(arguments.ensemble):
        kept = generator.permutation(rows)[:count]
        model = single_model(arguments, arguments.seed * 1000 + number)
        pipeline = make_pipeline(StandardScaler(), SelectKBest(f_classif, k=arguments.features), model)
        fitted.append(pipeline.fit(images[kept], digits[kept]))
        run.progress(samples=count)
    return fitted


def predict(models, images):
    """The class with the highest score, averaged over the models."""
    import numpy as np

    def scores(model):
        return model.predict_proba(images) if hasattr(model, "predict_proba") else model.decision_function(images)

    return np.mean([scores(model) for model in models], axis=0).argmax(axis=1)


def parts(arguments, digits, training, test):
    """Pairs of rows to train on and rows to predict."""
    import numpy as np
    from sklearn.model_selection import StratifiedKFold

    training, test = np.array(training), np.array(test)
    if arguments.rows == "test":
        return [(training, test)]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SPLIT_SEED).split(training, digits[training])
    return [(training[fitted], training[checked]) for fitted, checked in folds]


def tell_effective_values(arguments, models):
    """What the settings really were, asked of what was fitted."""
    from threadpoolctl import threadpool_info

    pipeline = models[0]
    model = pipeline[-1]
    run.effective("model", arguments.model)
    run.effective("features", int(pipeline[1].get_support().sum()))
    run.effective("ensemble", len(models))
    run.effective("threads", max((pool["num_threads"] for pool in threadpool_info()), default=1))
    if arguments.model == "mlp":
        run.effective("units", model.coefs_[0].shape[1])
        run.effective("early_stopping", "on" if model.best_validation_score_ is not None else "off")
        run.effective("precision", str(model.coefs_[0].dtype))
    if arguments.model == "forest":
        run.effective("trees", len(model.estimators_))
    if arguments.model == "logistic":
        run.effective("precision", str(model.coef_.dtype))


def write_predictions(path, rows, labels, predicted):
    part = path.with_name(path.name + ".part")
    with open(part, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "label", "prediction"])
        writer.writerows(zip(rows, labels, predicted))
    os.replace(part, path)
    run.predictions(path.resolve())


def main():
    arguments = parse_arguments()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # an mlp that uses up its iterations says so every time
    with run.stage("load_data"):
        import numpy as np
        from sklearn.metrics import f1_score
        from threadpoolctl import threadpool_limits

        images, digits, training, test = load_data()
        images = images.astype(arguments.precision)

    rows, predicted = [], []
    with threadpool_limits(limits=arguments.threads):
        with run.stage("train"):
            split = parts(arguments, digits, training, test)
            fitted = [fit(arguments, images, digits, part) for part, _ in split]
        with run.stage("evaluate"):
            for models, (_, checked) in zip(fitted, split):
                rows.append(checked)
                predicted.append(predict(models, images[checked]))
                run.progress(samples=len(checked))
        tell_effective_values(arguments, fitted[0])

    rows, predicted = np.concatenate(rows), np.concatenate(predicted)
    macro_f1 = f1_score(digits[rows], predicted, average="macro")
    run.metric("macro_f1", macro_f1)
    if arguments.predictions:
        write_predictions(arguments.predictions, rows, digits[rows], predicted)
    print("macro F1 %.4f on %d %s rows" % (macro_f1, len(rows), "test" if arguments.rows == "test" else "cross-checked"))


if __name__ == "__main__":
    main()
