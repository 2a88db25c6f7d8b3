"""Newspapers and magazines that the sources name as their bodies, since their names are set in italics.

What comes in is the name of a body as references.bib has it ("Dawn", "Daily Times, at fact.com.pk"); what goes out is the
part of it that is the name of a paper, and the rest. News agencies, broadcasters, sites and archives are no papers: their
names stand upright, as the manuals have it. A body that is not on this list stands upright as well; a journal is known by
its field and needs no list.
"""

import re

_PAPERS = """
Al-Hayat; Al-Masry Al-Youm; Al-Wasat; Arab News; Arab News Pakistan; Argumenty Nedeli; Argumenty i Fakty; Bangla Tribune;
Beijing Daily; Budapest Business Journal; Business Recorder; Business Standard; Cankao Xiaoxi; Chicago Tribune; China Daily;
Christian Science Monitor; Daily Excelsior; Daily Khabrain; Daily Khyber Post; Daily Mail; Daily Observer; Daily Pakistan;
Daily Sabah; Daily Spokesman; Daily Times; Dawn; Deccan Chronicle; Deccan Herald; Delovoy Peterburg; Deseret News;
Dhaka Tribune; Die Zeit; Eastern Eye; Economic Review; El País; Elaph; Estado de Minas; Eurasia Daily Monitor; Expert;
Financial Express; Financial Times; FinanceAsia; Foreign Affairs; Fortune India; Frontline; Global Times; Gulf News;
Gulf Times; Herald; Hindustan Standard; Hindustan Times; IHS Jane's Defence Weekly; India Today; India West; Indian Express;
International Business Times; Iran Daily; Izvestia; Jahangir's World Times; Jang; Karavan; Khaleej Times; Kommersant;
Kommersant-Daily; Krymskaya Pravda; Kyiv Post; La Provincia; La Stampa; Lokmat Times; Los Angeles Times; MK v Kazani;
Maclean’s; Melange Magazine; Millennium Post; Mint; National Herald; Navabharat; Nawa-i-Waqt; New Delhi Times; New Scientist;
New York Times; Newsweek; Newsweek Pakistan; Nezavisimaya Gazeta; Nezavisimoe Voennoe Obozrenie; Nikkei Asia; Novoye Vremya;
Novye Izvestia; NRC Handelsblad; Népújság; Oil & Gas Journal; Organiser; Orlando Sentinel; Outlook; Pakistan & Gulf Economist;
Pakistan Observer; Pakistan Today; People's Daily; People’s Daily; Pest Megyei Hírlap; Pipeline & Gas Journal; Press; Profit;
Profit by Pakistan Today; Red Star; Renmin Ribao; Rossiyskaya Gazeta; San Jose Mercury News; South China Morning Post;
South Florida Sun-Sentinel; Sun Sentinel; Svobodnaya Mysl; Swarajya; Tehran Times; The Asian Age; The Baltimore Sun;
The Business Standard; The Christian Science Monitor; The Daily Star; The Daily Times; The Diplomat; The Diplomatic Insight;
The Egyptian Gazette; The Express Tribune; The Financial Express; The Free Press Journal; The Friday Times; The Frontier Post;
The Guardian; The Hills Times; The Hindu; The Hindu BusinessLine; The Independent; The Indian Express; The Irish Times;
The Modesto Bee; The Moscow Times; The Nation; The New Indian Express; The New Nation; The New York Times; The News;
The News International; The News on Sunday; The Pakistan Times; The Patriot; The Peninsula; The Press; The Seattle Times;
The Shillong Times; The Statesman; The Straits Times; The Telegraph; The Telegraph India; The Times; The Times of India;
The Tribune; The Washington Post; The Washington Times; Tibetan Review; Time; Transport Journal; Trud; Ukrainska Pravda; Ummat;
Vechernyaya Moskva; Vedomosti; Vokrug sveta; Vremya Novostei; Washington Examiner; Washington Post; World Sikh News;
Yeni Şafak; Zvezda; taz; Þjóðviljinn; Парламентская газета; СПБ Кэш
"""
NAMES = frozenset(" ".join(name.split()) for name in _PAPERS.split(";"))
_END = re.compile(r"(?=,| \()")  # behind it stands where a copy was read, or the agency


def split(body: str) -> tuple[str, str]:
    """Return the name of the newspaper or magazine that a body is, and what follows it; ("", body) for any other body."""
    name, *rest = _END.split(body, maxsplit=1)
    return (name, "".join(rest)) if name in NAMES else ("", body)
