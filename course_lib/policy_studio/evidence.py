"""What studies have found of each strategy, compared with what, and what they cannot say."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Study:
    """One study of a policy.

    Attributes
    ----------
    study : str
        How it is cited; an entry of the bibliography.
    points : str
        The points of 4.2 that it bears on, such as ``"1, 3"``; or "all".
    policy : str
        What was done.
    compared_with : str
        What shows how it would have been without it.
    found : str
        What the authors report.
    """

    study: str
    points: str
    policy: str
    compared_with: str
    found: str


STUDIES: tuple[Study, ...] = (
    Study(
        "Martin and others 2011",
        "1, 3",
        "public money for local productive systems, France",
        "firms outside them, before and after",
        "picked firms in relative decline; productivity did not recover; no robust effect on "
        "jobs or exports",
    ),
    Study(
        "Falck and others 2010",
        "1, 4",
        "a cluster-oriented policy, Bavaria, 1999",
        "industries and states without it, before and after",
        "firms in target industries more likely to innovate by 4.6 to 5.7 points; they spent 19 "
        "per cent less on research",
    ),
    Study(
        "Greenstone and others 2010",
        "2",
        "counties in the United States that won a large plant",
        "the runner-up counties of the same contest",
        "productivity of other plants 12 per cent higher after five years; labour cost more",
    ),
    Study(
        "Lu and others 2019",
        "2",
        "special economic zones, China",
        "areas without one, before and after",
        "more investment, jobs, output, productivity and wages, mostly through new firms; more "
        "so in capital-intensive industries",
    ),
    Study(
        "Kantor and Whalley 2014",
        "4",
        "universities in the United States that spend more",
        "swings of stock markets, which make some endowments richer by chance",
        "pay in other sectors near by rises; more where firms are technologically close",
    ),
    Study(
        "Hsieh and Song 2015",
        "5",
        "reform of China's state-owned firms, 1998 to 2007",
        "private firms",
        "small ones closed or sold; labour productivity caught up, that of capital stayed lower",
    ),
    Study(
        "Forman and others 2012",
        "5",
        "business use of advanced Internet, United States, 1995 to 2000",
        "counties with less of it",
        "wages grew with it only in the 6 per cent of counties that were well off already",
    ),
    Study(
        "Couture and others 2021",
        "3, 5",
        "e-commerce brought to villages, China",
        "villages drawn by lot",
        "little evidence of more income for producers; cheaper goods for a minority of households",
    ),
    Study(
        "Kline and Moretti 2014",
        "all",
        "the Tennessee Valley programme of 1933",
        "valleys for which one was proposed and never approved",
        "factory jobs went on growing when the money ended; gains from agglomeration were offset "
        "by losses elsewhere",
    ),
    Study(
        "Jia and others 2020",
        "all",
        "China's programme for the West, from 2000",
        "places on the other side of its border",
        "growth of output 1.6 points a year higher, mostly through investment; no effect seen on "
        "wages or jobs outside farming",
    ),
)


def evidence() -> pd.DataFrame:
    """The studies of the lesson as a table.

    Returns
    -------
    pandas.DataFrame
        One row a study.

    Examples
    --------
    >>> evidence().loc["Greenstone and others 2010", "points"]
    '2'
    """
    return pd.DataFrame([vars(one) for one in STUDIES]).set_index("study")
