"""The rules of the derived tables on rows in memory: each finds its broken cell, none finds anything in the book or in later years."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from broken import PACKAGE, find, tables

from pakrus.checks import derived
from pakrus.checks.derived import known as shared
from pakrus.checks.derived.shape import TABLES, intervals
from pakrus.measures import voting
from pakrus.measures.proportions import wilson

VOTES = ("unga_votes", "unga_agreement", "unga_dyads_rank", "unga_contested", "unga_agreement_issues", "phases")
MONEY = ("trade", "trade_mirror", "trade_partners", "price_index", "aid", "macro")
ARMS = ("arms_transfers", "arms_volume")
WORDS = ("ungd_mentions", "ungd_contexts", "ungd_checked", "phases")
STRANDS = (VOTES, (*MONEY, *ARMS, "cross_source"), WORDS)
DROP = None  # instead of changed cells: the row is taken out
NO = "no value"


def filled(cell):
    return cell != ""


def above(least):
    return lambda cell: cell != "" and float(cell) > least


CASES = [
    # rule, table, wanted row, changed cells, (column, expectation, or another table before them)
    ("_interval_around_its_value", "unga_agreement", {"n": above(50)}, {"agreement_low": "0.99"}, ("agreement_low", "no higher than agreement")),
    ("_interval_around_its_value", "opinion", {"favourable": filled}, {"favourable_high": ""}, ("favourable_high", "an interval has two ends")),
    ("_interval_around_its_value", "sensitivity", {"high": filled}, {"high": "-9"}, ("high", "no lower than value")),
    ("_number_within_its_unit", "unga_validation", {}, {"largest_difference": "24.58"}, ("largest_difference", "from 0 to 1")),
    ("_number_within_its_unit", "unga_agreement", {"n": above(50)}, {"pi": "7"}, ("pi", "from -1 to 1")),
    ("_rows_in_order", "opinion", {"target": "RUS", "year": "2010"}, {"year": "2006"}, ("year", "does not come before")),
    ("_rows_in_order", "macro", {"indicator": "gdp", "state": "IND"}, {"state": "CHN"}, ("year", "in the order of indicator and state and year")),
    ("_every_step_of_a_series", "trade_partners", {"partner": "USA", "year": "1970"}, DROP, ("year", "a row of 1970 before it")),
    ("_every_step_of_a_series", "unga_agreement", {"partner": "RUS", "session": "40"}, DROP, ("session", "a row of 40 before it")),
    ("_each_with_each", "unga_agreement", {"partner": "USA", "session": "80"}, DROP, ("partner", "a row of USA too")),
    ("_each_with_each", "icews_dyads", {"initiator": "RUS", "target": "PAK", "year": "2014"}, DROP, ("initiator", "RUS, PAK too")),
    ("_same_in_all_rows", "arms_transfers", {"supplier": "CHN"}, {"supplier": "CHE"}, ("supplier", "'CHN', as in other rows of China")),
    # roll calls
    ("_votes_that_both_tables_were_made_of", "unga_votes", {"session": "40", "PAK": "yes", "RUS": "yes", "USA": "yes"}, {"PAK": "no"}, ("PAK", "as unga_agreement and unga_dyads_rank both say")),
    ("_votes_that_both_tables_were_made_of", "unga_votes", {"session": "75", "PAK": "yes", "IND": "yes"}, {"IND": ""}, ("IND", "in session 75 (one of rows")),
    ("_votes_as_in_the_contested", "unga_votes", {"session": "78", "PAK": "yes", "RUS": "yes", "USA": "no"}, {"PAK": "no"}, ("PAK", "yes, as row")),
    ("_opposite_votes_are_contested", "unga_votes", {"session": "40", "PAK": "yes", "RUS": "yes", "USA": "yes"}, {"USA": "no"}, ("USA", "votes that are not opposite")),
    ("_year_of_the_session", "unga_votes", {"session": "40"}, {"year": "1984"}, ("year", "1985, the year in which session 40 opened")),
    ("_year_of_the_session", "ungd_contexts", {"session": "10"}, {"year": "1956"}, ("year", "1955")),
    ("_date_in_its_session", "unga_votes", {"session": "62"}, {"date": "2019-03-01"}, ("date", "from 2007-09 to 2008-12")),
    ("_date_in_its_session", "unga_votes", {"session": "10"}, {"date": "1965"}, ("date", "1955")),
    ("_dates_of_one_precision", "unga_votes", {"session": "62"}, {"date": "2007-11"}, ("date", "session 62: a day")),
    ("_one_file_for_a_session", "unga_votes", {"session": "60"}, {"source": "unxml"}, ("source", "unvotes, the file of the other")),
    ("_seat_of_china", "unga_votes", {"session": "25"}, {"china_seat": "PRC"}, ("china_seat", "ROC: the seat passed in session 26")),
    ("_identifier_of_its_file", "unga_votes", {"source": "unxml"}, {"vote_id": "rcid-9999"}, ("vote_id", "the symbol, A/RES")),
    ("_identifier_of_its_file", "unga_votes", {"source": "unvotes"}, {"vote_id": "46"}, ("vote_id", "rcid- and a number")),
    ("_in_the_order_of_the_file", "unga_votes", {"vote_id": "rcid-50"}, {"vote_id": "rcid-5"}, ("vote_id", "a number above 49")),
    ("_every_session_has_roll_calls", "unga_votes", {"session": "19"}, DROP, ("session", "a roll call of session 19")),
    ("_issues_are_of_the_source_that_has_them", "unga_votes", {"source": "unxml"}, {"issue_source": "Voeten"}, ("issue_source", "rule, as the roll call is of unxml")),
    ("_every_issue_is_told", "unga_votes", {"source": "unvotes"}, {"colonialism": ""}, ("colonialism", "true or false")),
    ("_codes_that_the_table_was_made_of", "unga_votes", {"session": "40", "nuclear": "true", "PAK": filled, "RUS": filled}, {"nuclear": "false"}, ("nuclear", "as two spans of unga_agreement_issues say")),
    ("_contested_as_in_the_votes", "unga_contested", {"PAK": "yes"}, {"PAK": "no"}, ("PAK", "yes, as row")),
    ("_contested_as_in_the_votes", "unga_contested", {"session": "30"}, {"title": "Another"}, ("title", "of unga_votes has it")),
    ("_every_contested_roll_call", "unga_contested", {"session": "30"}, DROP, ("vote_id", "Washington and Moscow voted opposite ways")),
    ("_contested_in_order", "unga_contested", {"session": "30"}, {"vote_id": "rcid-46"}, ("vote_id", "in the order of unga_votes")),
    ("_side_that_the_votes_give", "unga_contested", {"sided_with": "RUS"}, {"sided_with": "USA"}, ("sided_with", "RUS, as PAK is")),
    # agreement
    ("_as_the_votes_give", "unga_agreement", {"session": "2", "partner": "RUS"}, {"n": "71"}, ("n", "17, as the votes of PAK and RUS in session 2")),
    ("_as_the_votes_give", "unga_agreement", {"kappa": ""}, {"kappa": "0"}, ("kappa", NO)),
    ("_as_the_votes_give", "unga_agreement", {"session": "2", "partner": "RUS"}, {"pi": "-0.2332"}, ("pi", "-0.2326")),
    ("_as_the_votes_give", "unga_dyads_rank", {"session": "3", "partner": "RUS"}, {"agreement": "0.2953"}, ("agreement", "0.2593")),
    ("_every_session", "unga_dyads_rank", {"session": "80", "partner": "RUS"}, DROP, ("session", "a row of session 80 and RUS too")),
    ("_interval_by_session", "unga_agreement", {"session": "2", "partner": "RUS"}, {"agreement_low": "0.1167"}, ("agreement_low", "0.1176")),
    ("_place_where_there_are_enough", "unga_agreement", {"session": "19", "partner": "RUS"}, {"percentile": "0"}, ("percentile", "no value, as there are fewer than 5")),
    ("_place_where_there_are_enough", "unga_dyads_rank", {"session": "20", "partner": "RUS"}, {"rank": ""}, ("rank", "a number, as there are at least 5")),
    ("_percentile_of_a_place", "unga_agreement", {"session": "2", "partner": "RUS"}, {"percentile": "69.7"}, ("percentile", "among 55 states can give, such as 70")),
    ("_same_in_a_session", "unga_dyads_rank", {"session": "2", "partner": "RUS"}, {"dyads": "1569"}, ("dyads", "1596")),
    ("_same_in_a_session", "unga_agreement", {"session": "40", "partner": "RUS"}, {"ranked": "15"}, ("ranked", "about 1")),
    ("_places_in_the_order_of_agreement", "unga_dyads_rank", {"session": "60", "partner": "USA"}, {"rank": "1"}, ("rank", "a place after")),
    ("_places_in_the_order_of_agreement", "unga_dyads_rank", {"session": "60", "partner": "USA"}, {"partner_rank": "900"}, ("partner_rank", "a place from 1 to")),
    ("_place_among_all_and_among_partners", "unga_dyads_rank", {"session": "2", "partner": "RUS"}, {"rank": "50"}, ("rank", "a place from 51")),
    ("_issues_as_the_votes_give", "unga_agreement_issues", {"n": above(50)}, {"kappa": "0.9"}, ("kappa", "of unga_votes give")),
    ("_end_of_the_span", "unga_agreement_issues", {"span": "sco-era"}, {"last_session": "73"}, ("last_session", "80, by the years or the phase")),
    ("_kind_of_the_span", "unga_agreement_issues", {"span": "sco-era"}, {"span_type": "five-year"}, ("span_type", "phase, as the span is sco-era")),
    ("_interval_by_issue", "unga_agreement_issues", {"n": above(50)}, {"agreement_low": "0.0001"}, ("agreement_low", "intervals of clusters reach 0.4 to 5 times")),
    ("_mean_below_the_largest", "unga_validation", {}, {"mean_absolute_difference": "0.7"}, ("mean_absolute_difference", "to 0.2458")),
    ("_no_more_sessions_than_the_span", "unga_validation", {}, {"sessions": "32"}, ("sessions", "at most 24")),
    ("_as_in_the_other_rows_of_the_span", "unga_validation", {}, {"sessions": "22"}, ("sessions", "23, as in the other rows")),
    ("_span_begins_after_the_last", "unga_validation", {"first_session": "26"}, {"first_session": "27"}, ("first_session", "26, one after")),
    # ideal points
    ("_in_the_middle_of_its_bounds", "ideal_points", {"state": "PAK", "year": "2000"}, {"low": "-9"}, ("ideal_point", "the middle between low and high")),
    ("_bounds_not_too_wide", "ideal_points", {"state": "PAK", "year": "2000"}, {"low": "-9"}, ("high", "above low (-9)")),
    ("_no_leap_between_years", "ideal_points", {"state": "PAK", "year": "2000"}, {"ideal_point": "9", "low": "8", "high": "10"}, ("ideal_point", "less than 2.5 from")),
    ("_the_same_years_for_every_state", "ideal_points", {"state": "PAK", "year": "2000"}, DROP, ("year", "a row of 2000 before it")),
    ("_no_year_alone", "ideal_points", {"state": "PAK", "year": "2024"}, {"year": "2042"}, ("year", "another state has")),
    ("_votes_like_those_of_other_states", "ideal_points", {"state": "PAK", "year": "2000"}, {"n": "690"}, ("n", "like those of other states in 2000")),
    # trade, prices, aid, output
    ("_no_leap", "price_index", {"year": "1990"}, {"cpi_u": "1307"}, ("cpi_u", "within 1.25 times")),
    ("_no_leap", "trade_partners", {"partner": "WLD", "year": "1990"}, {"value_usd_m": "1295.6"}, ("value_usd_m", "within 2.5 times")),
    ("_far_above_all_others", "trade", {"source": "app2023ejaz"}, {"value_usd_m": "920000000"}, ("value_usd_m", "4 times the next largest")),
    ("_far_above_all_others", "arms_volume", {"method": "published"}, {"tiv": "9999"}, ("tiv", "4 times the next largest")),
    ("_pair_as_in_the_mirror", "trade_partners", {"partner": "RUS", "year": "1970"}, {"value_usd_m": "61"}, ("value_usd_m", "both directions of cowtrade")),
    ("_partners_within_the_total", "trade_partners", {"partner": "USA", "year": "2000"}, {"value_usd_m": "99999"}, ("value_usd_m", "the trade with all partners")),
    ("_trade_as_in_the_mirror", "trade", {"source": "comtrade", "year": "2005"}, {"value_usd_m": "1000000"}, ("value_usd_m", "as trade_mirror has twice in 2005")),
    ("_every_series_in_the_mirror", "trade", {"source": "cowtrade", "year": "1950"}, {"year": "1850"}, ("year", "of which trade_mirror has the figure of cowtrade")),
    ("_reporter_of_its_source", "trade", {"source": "comtrade"}, {"reporter": "PAK"}, ("reporter", "RUS, who stands behind")),
    ("_ends_of_the_flow", "trade", {"flow": "turnover"}, {"exporter": "PAK"}, ("exporter", "no value, as flow is turnover")),
    ("_ends_of_the_flow", "trade", {"source": "prime2026comtrade"}, {"importer": ""}, ("importer", "the state that the goods go to")),
    ("_series_have_a_direction", "trade", {"kind": "series"}, {"flow": "turnover"}, ("flow", "one direction in a row")),
    ("_year_of_the_period", "trade", {"period": "2022-23"}, {"year": "2022"}, ("year", "2023, the year in which the period 2022-23 ends")),
    ("_year_of_the_period", "aid", {"donor": "USA"}, {"year": "1984"}, ("year", "1948")),
    ("_period_of_a_series", "trade", {"source": "cowtrade", "year": "1950"}, {"period": "1950-51"}, ("period", "1950, as a row of a series")),
    ("_lower_end_of_a_range", "trade", {"source": "dailytimes2024lng"}, {"value_usd_m": "980"}, ("value_usd_m", "less than 900")),
    ("_whole_millions_are_flagged", "trade", {"source": "cowtrade", "year": "1950"}, {"value_usd_m": "11.5"}, ("flag", "'rounded' where the value is whole")),
    ("_mirror_as_trade_gives", "trade_mirror", {"year": "2005", "exporter": "PAK"}, {"comtrade": "1"}, ("comtrade", "as the series of trade for 2005, PAK to RUS")),
    ("_reports_that_are_one", "trade_mirror", {"year": "2005", "exporter": "PAK"}, {"one_report": ""}, ("one_report", "as reporter in trade tells")),
    ("_two_states", "trade_mirror", {"exporter": "PAK"}, {"importer": "PAK"}, ("importer", "the other state than PAK")),
    ("_services_near_the_goods", "trade_mirror", {"itpd": above(50)}, {"itpd": "99999"}, ("itpd", "within 6 times")),
    ("_ratio_of_the_two_sides", "trade_mirror", {"ratio": filled}, {"ratio": "0.5"}, ("ratio", "importer_reports over exporter_reports")),
    ("_constant_dollars", "trade_mirror", {"year": "1948", "exporter": "PAK"}, {"importer_constant": "128.564"}, ("importer_constant", "182.564: importer_reports (17.0)")),
    ("_prices_that_the_mirror_was_made_with", "price_index", {"year": "1990"}, {"cpi_u": "137"}, ("cpi_u", "about 130.7")),
    ("_prices_that_the_mirror_was_made_with", "price_index", {"year": "2020"}, {"cpi_u": "285.811"}, ("cpi_u", "about 258.8")),
    ("_share_where_there_is_a_figure", "trade_mirror", {"cowtrade": ""}, {"share_of_pakistan": "0"}, ("share_of_pakistan", "no value, as cowtrade has none")),
    ("_whole_in_step", "trade_mirror", {"year": "2010", "exporter": "RUS"}, {"share_of_russia": "0.9"}, ("share_of_russia", "as in the years beside it")),
    ("_wholes_near_the_national_total", "trade_mirror", {"year": "1990", "exporter": "RUS"}, {"share_of_pakistan": "0.9"}, ("share_of_pakistan", "Pakistan's trade in trade_partners")),
    ("_flags_of_output_and_trade", "macro", {"indicator": "merchandise_exports", "year": "1968"}, {"flag": ""}, ("flag", "as merchandise_imports of the year has")),
    ("_flags_of_output_and_trade", "macro", {"state": "RUS", "year": "1990"}, {"flag": ""}, ("flag", "a flag for Russia to 1991")),
    ("_deflated_as_in_the_years_beside", "aid", {"donor": "USA", "year": "1990", "price_basis": "constant 2021"}, {"value": "9.5"}, ("value", "one of the two rows is wrong")),
    ("_deflated_as_in_the_years_beside", "aid", {"donor": "USA", "year": "1990", "price_basis": "current"}, DROP, ("period", "a row of 1990 in prices 'current' too")),
    ("_flags_of_a_figure", "aid", {"flag": lambda cell: cell.startswith("none found")}, {"value": "5"}, ("flag", "where the value is 0")),
    ("_flags_of_a_figure", "aid", {"flag": lambda cell: cell.startswith("before")}, {"value": "99999"}, ("value", "the figure before the adjustment")),
    ("_every_year_of_commitments", "aid", {"donor": "CHN", "year": "2010"}, DROP, ("year", "a row of 2010 before it")),
    ("_as_the_tables_give", "cross_source", {}, {"n": "51"}, ("n", "15, as cowtrade and comtrade give for PAK to RUS")),
    ("_as_the_tables_give", "macro", {"indicator": "merchandise_imports", "year": "2014"}, {"value": "47544.0"}, ("cross_source", "largest_gap", "as cowtrade and wdi give")),
    ("_as_the_tables_give", "arms_volume", {"supplier": "RUS", "method": "published"}, {"tiv": "7.0"}, ("cross_source", "ratio_of_sums", "for arms arms_volume")),
    ("_ratios_in_order", "cross_source", {}, {"median_ratio": "1.9"}, ("median_ratio", "in the order lowest")),
    ("_ratios_of_the_years_compared", "cross_source", {}, {"n_ratio": "51"}, ("n_ratio", "at most 15")),
    ("_sources_that_the_tables_hold", "cross_source", {}, {"first_source": "faostat"}, ("first_source", "both have figures for PAK to RUS")),
    ("_flags_of_the_mirror", "trade_mirror", {"exporter": "RUS", "year": "2010"}, {"flag": ""}, ("flag", "is the exporter's times 1.1")),
    ("_flags_of_the_mirror", "trade_mirror", {"exporter": "RUS", "year": "1991"}, {"flag": ""}, ("flag", "in both or in neither")),
    # arms
    ("_identifier_of_its_order", "arms_transfers", {}, {"designation": "MFI-71"}, ("transfer_id", "pak-aze-2017-mfi-71-1")),
    ("_items_times_their_value", "arms_transfers", {}, {"tiv_order": "24.0"}, ("tiv_order", "2.4, 10 items of tiv_unit 0.24")),
    ("_no_more_than_ordered", "arms_transfers", {"ordered": "10"}, {"delivered": "100"}, ("delivered", "no more than were ordered, 10")),
    ("_years_of_delivery", "arms_transfers", {"delivery_years": "2009; 2010"}, {"delivery_years": "2010; 2009"}, ("delivery_years", "in ascending order")),
    ("_years_of_delivery", "arms_transfers", {"delivery_years": "2009; 2010"}, {"delivery_years": "1909; 2010"}, ("delivery_years", "the year of the order, on")),
    ("_ordered_before_the_edition", "arms_transfers", {}, {"order_year": "2071"}, ("order_year", "up to 2025")),
    ("_shared_evenly", "arms_volume", {"method": "even split"}, {"tiv": "7.7"}, ("tiv", "shared evenly over the years")),
    ("_every_year_of_the_split", "arms_volume", {"method": "even split"}, DROP, ("year", "as arms_transfers has deliveries")),
    ("_no_more_than_all_deliveries", "arms_volume", {"supplier": "RUS", "method": "published"}, {"tiv": "9900"}, ("tiv", "at most about 3 times")),
    ("_delivered_before_the_edition", "arms_volume", {"method": "published"}, {"year": "2078"}, ("year", "up to 2022")),
    # counts
    ("_four_shares_make_one", "icews_dyads", {}, {"verbal_cooperation": "0.795"}, ("verbal_cooperation", "the other three leave 0.975")),
    ("_conflict_is_both", "icews_dyads", {}, {"conflict": "0.0322"}, ("conflict", "0.0221, verbal_conflict")),
    ("_of_whole_events", "icews_dyads", {"n": lambda cell: cell != "" and int(cell) < 60}, {"material_conflict": "0.5077"}, ("material_conflict", "a whole number of")),
    ("_interval_of_conflict", "icews_dyads", {}, {"conflict_low": "0.0184"}, ("conflict_low", "0.0148")),
    ("_interval_of_conflict", "icews_dyads", {}, {"n": "1830"}, ("n", "with which the interval was made")),
    ("_two_states", "icews_dyads", {"initiator": "CHN"}, {"target": "CHN"}, ("target", "another state than CHN")),
    ("_share_and_its_interval", "media_attention", {"n_pakistan": above(2)}, {"share": "0.9"}, ("share", "n_pakistan over n_all")),
    ("_share_and_its_interval", "media_attention", {"n_pakistan": "5"}, {"n_pakistan": "6"}, ("n_pakistan", "5, with which")),
    ("_share_and_its_interval", "media_attention", {"n_pakistan": "0", "n_all": "455"}, {"n_all": "545"}, ("n_all", "455, with which")),
    ("_titles_among_the_items", "media_attention", {"n_pakistan": "1"}, {"n_pakistan_title": "2"}, ("n_pakistan_title", "at most 1")),
    ("_a_month", "media_attention", {"month": "2000-03"}, {"month": "2000-13"}, ("month", "from 01 to 12")),
    ("_flags_of_the_months", "media_attention", {"flag": "fewer than 30 items"}, {"flag": ""}, ("flag", "'fewer than 30 items', as there are")),
    ("_flags_of_the_months", "media_attention", {"month": "2026-03"}, {"flag": ""}, ("flag", "in the last month, 2026-03")),
    ("_no_month_lost", "media_attention", {"outlet": "1tv", "month": "2010-05"}, DROP, ("month", "a row of 2010-05 before it")),
    ("_answers_make_a_hundred", "opinion", {}, {"unfavourable": "90"}, ("unfavourable", "3.7, as they now make")),
    ("_answers_make_a_hundred", "opinion", {}, {"favourable": "90"}, ("favourable", "78.8, as they now make")),
    ("_answers_all_or_none", "opinion", {"favourable": ""}, {"no_answer": "0"}, ("no_answer", "or none of them")),
    ("_interval_of_answers", "opinion", {}, {"favourable_low": "67.5"}, ("favourable_low", "76.5")),
    ("_flags_of_the_answers", "opinion", {"year": "2011"}, {"flag": ""}, ("flag", "'two waves of interviews pooled', as in the other rows")),
    ("_flags_of_the_answers", "opinion", {"favourable": ""}, {"flag": ""}, ("flag", "why there are no answers")),
    ("_same_in_all_rows", "unsc_votes", {"topic": "The situation in Afghanistan"}, {"topic_group": "india-pakistan"}, ("topic_group", "'afghanistan', as in other rows")),
    ("_votes_of_all_members", "unsc_votes", {"in_favour": "15"}, {"against": "5"}, ("against", "15 members, or of all but one")),
    ("_all_three_or_none", "unsc_votes", {"in_favour": "15"}, {"against": ""}, ("against", "all three of")),
    ("_votes_that_the_outcome_needs", "unsc_votes", {"in_favour": "15"}, {"in_favour": "8"}, ("in_favour", "at least 9 votes, as the outcome is adopted")),
    ("_votes_that_the_outcome_needs", "unsc_votes", {"outcome": "none"}, {"in_favour": "8"}, ("in_favour", "no value, as the outcome is none")),
    ("_vetoes_of_the_outcome", "unsc_votes", {"outcome": "vetoed"}, {"vetoed_by": ""}, ("vetoed_by", "who vetoed")),
    ("_vetoes_of_the_outcome", "unsc_votes", {"vetoed_by": "RUS", "against": "1"}, {"against": "0"}, ("against", "at least 1, the vetoes of RUS")),
    ("_vote_of_moscow", "unsc_votes", {"in_favour": "15"}, {"RUS": "abstain"}, ("RUS", "yes, as all 15 members")),
    ("_vote_of_moscow", "unsc_votes", {"outcome": "none"}, {"RUS": "yes"}, ("RUS", "the outcome does not tell it")),
    ("_vetoes_on_other_subjects", "unsc_votes", {"topic_group": "afghanistan", "outcome": "adopted"}, {"topic_group": "veto"}, ("topic_group", "another topic")),
    ("_where_an_outcome_was_found", "unsc_votes", {"outcome": "none"}, {"found_in": "both"}, ("found_in", "meetings, as the list has vetoes alone")),
    ("_identifier_of_the_day", "unsc_votes", {"date": "1946-06-18"}, {"date": "1946-06-19"}, ("outcome_id", "1946-06-19-1, the date")),
    ("_boundary_exists", "sensitivity", {"variant_kind": "phase_cut"}, {"variant": "nowhere-1999"}, ("variant", "a boundary of data/phase_boundaries.csv")),
    ("_value_of_the_baseline", "sensitivity", {"figure_id": "agreement-cold-war", "variant_kind": "baseline"}, {"value": "0.7039"}, ("value", "0.7093, the baseline that the variants")),
    ("_baseline_of_the_figure", "sensitivity", {"figure_id": "agreement-cold-war", "variant_kind": "abstention_half"}, {"baseline": "0.7"}, ("baseline", "0.7093, the value of the baseline row")),
    ("_difference_of_the_two", "sensitivity", {"difference_from_baseline": "-0.0428"}, {"difference_from_baseline": "0.0428"}, ("difference_from_baseline", "-0.0428, value")),
    ("_compared_where_the_unit_is_the_same", "sensitivity", {"variant_kind": "baseline"}, {"baseline": "0"}, ("baseline", "no value, as this row is the baseline")),
    ("_direction_that_the_numbers_have", "sensitivity", {"same_direction": "true", "unit": "difference of shares"}, {"same_direction": "false"}, ("same_direction", "are on one side of 0")),
    ("_direction_told_or_not", "sensitivity", {"figure_id": "agreement-cold-war", "variant_kind": "abstention_half"}, {"same_direction": "true"}, ("same_direction", "other variants of the figure have none")),
    ("_as_wide_as_other_variants", "sensitivity", {"figure_id": "agreement-cold-war", "variant_kind": "abstention_half"}, {"high": "1.9977"}, ("high", "as wide as those of the other variants")),
    ("_as_many_times_over", "scaling", {"repeats": "4"}, {"roll_calls": "22878"}, ("roll_calls", "22788, as 4 times")),
    ("_more_with_more", "scaling", {"repeats": "16"}, {"memory_mb": "61"}, ("memory_mb", "at least 211")),
    ("_added_to_the_whole", "scaling", {"repeats": "16"}, {"memory_added_mb": "622"}, ("memory_added_mb", "less than 614")),
    ("_one_thread", "scaling", {"repeats": "16"}, {"processor_seconds": "18.6"}, ("processor_seconds", "about 1.86")),
    # speeches
    ("_one_length_of_a_speech", "ungd_mentions", {"words": "4638", "group": "AFG"}, {"words": "4683"}, ("words", "4638, as in the other rows")),
    ("_rate_of_the_mentions", "ungd_mentions", {"mentions": "16"}, {"per_10000_words": "43.498"}, ("per_10000_words", "34.498, 16 mentions in 4638 words")),
    ("_rate_of_the_mentions", "ungd_mentions", {"mentions": "16"}, {"mentions": "61"}, ("mentions", "16, which gives the rate")),
    ("_a_gap_is_not_zero", "ungd_mentions", {"words": ""}, {"mentions": "0"}, ("mentions", "a gap is not zero")),
    ("_of_the_speakers_own_state", "ungd_mentions", {"self": "true"}, {"self": "false"}, ("self", "true, as PAK speaks of PAK")),
    ("_phase_in_which_the_session_opened", "ungd_mentions", {"session": "40"}, {"phase": "sco-era"}, ("phase", "cold-war, as session 40")),
    ("_as_many_mentions_as_places", "ungd_contexts", {"speaker": "RUS"}, DROP, ("ungd_mentions", "mentions", "the rows of ungd_contexts")),
    ("_places_further_on", "ungd_contexts", {"session": "10", "number": "2"}, {"position": "46"}, ("position", "a place further on than that of the mention before, 234")),
    ("_numbered_from_one", "ungd_contexts", {"session": "10", "number": "2"}, {"number": "3"}, ("number", "2, as mentions are counted")),
    ("_named_by_the_other", "ungd_contexts", {"speaker": "RUS"}, {"group": "RUS"}, ("group", "the other side")),
    ("_within_the_speech", "ungd_contexts", {"session": "10", "number": "2"}, {"position": "99999"}, ("position", "fewer than the words of the speech")),
    ("_name_in_its_context", "ungd_contexts", {"term": "Soviet Union"}, {"term": "Soviet"}, ("context", "[Soviet]")),
    ("_name_in_its_context", "ungd_contexts", {}, {"term": "leaders", "context": "the [leaders] a chance"}, ("term", "a name of RUS in the lexicon")),
    ("_verdict_of_its_sample", "ungd_checked", {"sample": "no-hit"}, {"verdict": "right"}, ("verdict", "none or missed")),
    ("_reason_where_it_is_not_plain", "ungd_checked", {"verdict": "wrong"}, {"note": ""}, ("note", "the reason, as the verdict is wrong")),
    ("_read_where_it_was_counted", "ungd_checked", {"speaker": "PAK", "group": "RUS", "verdict": "right"}, {"position": "3"}, ("position", "of a mention of RUS by PAK")),
    ("_counted_in_the_speech", "ungd_checked", {"speaker": "CHN", "verdict": "right"}, {"session": "999"}, ("group", "it counts none")),
]  # fmt: skip


def named(rule):
    """The name of the function behind a rule, the same for the tables and columns that share it."""
    function = rule.finds.__wrapped__
    return getattr(function, "func", function).__name__


def strand(table):
    """The tables that the rules of a table ask about: fewer than all, so that a case is quick."""
    return (*next((names for names in STRANDS if table in names), (table,)), "phase_boundaries")


@cache
def outcome(number):
    """The problems of a case by the name of the rule that found them, and the number of its row."""
    _, table, wanted, cells, _ = CASES[number]
    rows = tables(*strand(table))
    at, row = find(rows[table], wanted)
    if cells is DROP:
        rows[table].remove(row)
    else:
        row.update(cells)
    known, found = shared.Known(rows, PACKAGE), {}
    for name, rules in shared.rule.by_table.items():
        for rule in rules if name in rows else ():
            found.setdefault(named(rule), []).extend(rule.problems(name, rows[name], known))
    return found, at


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{rule}-{table}" for rule, table, *_ in CASES])
def test_each_rule_says_where_what_why_and_what_to_do(number):
    rule, table, _, cells, (*other, column, expected) = CASES[number]
    found, at = outcome(number)
    of_rule = [p for p in found[rule] if p.file == f"data/{[*other, table][0]}.csv"]
    fitting = [p for p in of_rule if p.column == column and expected in p.expected]
    assert fitting, [str(p) for p in of_rule or sum(found.values(), [])]
    if cells is not DROP and not other:
        near = [p for p in fitting if p.row == at] or rule in (
            "_rows_in_order",
            "_votes_that_both_tables_were_made_of",
            "_codes_that_the_table_was_made_of",
        )
        assert near, [str(p) for p in fitting]
    for problem in fitting:
        assert f"git checkout -- {problem.file}" in problem.remedy and "pakrus derive" in problem.remedy
        assert "corrections.toml" in problem.remedy and "{" not in problem.expected


def test_every_rule_has_a_case():
    rules = {named(rule) for rules in shared.rule.by_table.values() for rule in rules}
    assert rules == {rule for rule, *_ in CASES}


def problems(rows):
    return derived.problems(rows, PACKAGE)


def test_the_derived_tables_of_the_book_hold():
    assert [str(p) for p in problems(tables())] == []


def test_rules_are_asked_of_whatever_tables_are_there():
    for names in (
        (),
        ("unga_votes",),
        ("trade",),
        ("trade_mirror",),
        ("ungd_contexts",),
        ("arms_volume",),
        ("cross_source",),
    ):
        assert problems(tables(*names) if names else {}) == []
    assert problems({name: [] for name in TABLES}) == []


@pytest.mark.parametrize("junk", ["x", "", "-", "1e999", "nan", "½", "TRUE", "-7", "2016-02-31"])
def test_a_cell_that_holds_anything_at_all_stops_no_rule(junk):
    rows = tables()
    for table in TABLES:
        for number, column in enumerate(rows[table][0]):
            rows[table][(7 * number) % len(rows[table])][column] = junk
    assert problems(rows)  # that it ends is the point; what is wrong beside the junk is told


def test_a_cell_that_is_no_number_is_left_to_the_schema():
    numeric = {
        (entry["name"], field["name"])
        for entry in PACKAGE["resources"] if entry["name"] in TABLES
        for field in entry["schema"]["fields"] if field["type"] in ("integer", "number")
    }  # fmt: skip
    keys = {"year", "session", "first_session", "last_session", "number", "position"}
    rows, put = tables(), set()
    for table, column in sorted(numeric):
        if column not in keys:
            at = (11 * len(put)) % len(rows[table])
            rows[table][at][column] = "many"
            put.add((f"data/{table}.csv", at + 2, column))
    told = {(p.file, p.row, p.column) for p in problems(rows)}
    assert sorted(told & put) == []


# later years ----------------------------------------------------------------------------------------------------------


def later(rows, table, keys, changed):
    """Put rows after the last of each series: copies of the last with other cells (texts, or functions of the row)."""
    last = {tuple(row[key] for key in keys): place for place, row in enumerate(rows[table])}
    for place in sorted(last.values(), reverse=True):
        row = rows[table][place]
        new = {name: change(row) if callable(change) else change for name, change in changed.items()}
        rows[table].insert(place + 1, {**row, **new})


def one_more(column):
    return lambda row: str(int(row[column]) + 1)


def a_tenth_more(column, digits=1):
    return lambda row: str(round(float(row[column]) * 1.1, digits))


def test_the_next_year_of_a_series_breaks_no_rule():
    rows = tables()
    later(rows, "ideal_points", ["state"], {"year": "2025"})
    later(rows, "price_index", [], {"year": one_more("year"), "cpi_u": a_tenth_more("cpi_u")})
    later(rows, "macro", ["indicator", "state"], {"year": one_more("year"), "value": a_tenth_more("value")})
    later(rows, "trade_partners", ["partner"], {"year": "2015", "value_usd_m": a_tenth_more("value_usd_m")})
    for exporter, flow in (("PAK", "74.0"), ("RUS", "500.0")):
        both = {"year": "2015", "period": "2015", "value_usd_m": flow}
        mine = [row for row in rows["trade"] if (row["source"], row["exporter"]) == ("cowtrade", exporter)][-1]
        place = max(i for i, row in enumerate(rows["trade"]) if (row["source"], row["kind"]) == ("cowtrade", "series"))
        rows["trade"].insert(place + 1, {**mine, **both, "flag": "rounded to whole millions"})
    sums = {"RUS": 574.0}
    for row in rows["trade_partners"]:
        if row["year"] == "2015" and row["partner"] in sums:
            row["value_usd_m"] = str(sums[row["partner"]])
    for row in rows["trade_mirror"]:
        if row["year"] == "2015":
            row["cowtrade"] = "74.0" if row["exporter"] == "PAK" else "500.0"
    later(rows, "icews_dyads", ["initiator", "target"], {"year": "2015"})
    later(rows, "opinion", ["target"], {"year": "2016"})
    later(rows, "aid", ["donor", "flow", "price_basis", "kind"], {"year": one_more("year"), "period": one_more("year")})
    found = [p for p in problems(rows) if p.file not in ("data/trade_mirror.csv", "data/cross_source.csv")]
    assert [str(p) for p in found] == []  # what is made of trade is to be made anew, and that is told


def test_the_next_session_breaks_no_rule():
    rows = tables(*VOTES)
    votes = [row for row in rows["unga_votes"] if row["session"] == "80"]
    contested = {row["vote_id"]: row for row in rows["unga_contested"] if row["session"] == "80"}
    for row in votes:
        year, rest = row["date"][:4], row["date"][4:]
        new = {"session": "81", "year": "2026", "date": f"{int(year) + 1}{rest}"}
        name = row["vote_id"].replace("/80/", "/81/")
        rows["unga_votes"].append({**row, **new, "vote_id": name, "symbol": name})
        if row["vote_id"] in contested:
            rows["unga_contested"].append({**contested[row["vote_id"]], **new, "vote_id": name, "symbol": name})
    frame = pd.DataFrame(votes).replace("", np.nan).astype({"session": int})
    for table in ("unga_dyads_rank", "unga_agreement"):
        later(rows, table, ["partner"], {"session": "81", "year": "2026"})
    for row in rows["unga_agreement"]:
        if row["session"] == "81":
            own = voting.agreement_row(frame, "PAK", row["partner"], key=81)
            row["agreement_low"], row["agreement_high"] = (
                str(round(own[f"agreement_{end}"], 4)) for end in ("low", "high")
            )
    assert [str(p) for p in problems(rows)] == []


# what the rules rest on -----------------------------------------------------------------------------------------------


def test_the_interval_is_that_of_the_measures():
    n, k = np.array([1, 3, 50, 50, 4000]), np.array([0, 1, 0, 50, 17])
    for own, other in zip(shared.wilson(k / n, n), wilson(k, n)[["low", "high"]].to_numpy().T, strict=True):
        assert own == pytest.approx(other, abs=1e-12)


def test_intervals_are_told_by_the_names_of_columns():
    names = [
        "session",
        "n",
        "agreement",
        "agreement_low",
        "agreement_high",
        "percentile",
        "percentile_low",
        "percentile_high",
    ]
    assert intervals(names) == [
        ("agreement", "agreement_low", "agreement_high"),
        ("percentile", "percentile_low", "percentile_high"),
    ]
    assert intervals(["state", "point", "low", "high"]) == [("point", "low", "high")]
    assert intervals(["low", "x_low", "x"]) == []


def test_a_new_table_made_of_files_has_the_rules_of_intervals_and_units():
    fields = [{"name": name, "type": "number", "unit": "share 0-1"} for name in ("point", "low", "high")]
    entry = {"name": "newcomer", "sources": [{"pakrus:inputs": []}], "schema": {"fields": fields}}
    rows = {"newcomer": [{"point": "0.5", "low": "0.6", "high": "1.7"}, {"point": "0.5", "low": "0.4", "high": ""}]}
    found = derived.problems(rows, {"resources": [entry]})
    assert [(p.row, p.column) for p in found] == [(2, "low"), (2, "high"), (3, "high")]
    assert derived.problems({"newcomer": [{"point": "", "low": "", "high": ""}]}, {"resources": [entry]}) == []


def test_a_leap_leaves_both_neighbours():
    values = np.array([1.0, 2, 300, 3, np.nan, 0, 3, 4, 9])
    assert shared.leaps(values, 10).tolist() == [False, False, True, *[False] * 6]
    assert shared.leaps(np.array([1.0, 99]), 10).tolist() == [True, True]
    assert shared.leaps(np.array([np.nan, 5]), 10).tolist() == [False, False]


def test_what_most_say():
    assert shared.usual(np.array(["a", "b", "a"], dtype=object)) == "a"
    assert shared.usual(np.array(["a", "b"], dtype=object)) is None
    assert shared.usual(np.array(["a", "a", "b", "b"], dtype=object)) is None
    assert (
        shared.shown(12.50, 2) == "12.5"
        and shared.shown(100, 0) == "100"
        and shared.shown(float("nan"), 2) == "no value"
    )
