// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.ViewerWorld;

/// <summary>How many live where: countries of more than two million, in millions, about as of 2023 (United Nations, World Population Prospects).</summary>
internal static class Population
{
    private const string Table = """
        IN 1429 CN 1426 US 340 ID 278 PK 240 NG 224 BR 216 BD 173 RU 144 MX 128 ET 127 JP 123 PH 117 EG 113 CD 102 VN 99 IR 89 TR 86 DE 83
        TH 72 GB 68 TZ 67 FR 65 ZA 60 IT 59 KE 55 MM 54 CO 52 KR 52 UG 49 SD 48 ES 48 AR 46 DZ 46 IQ 46 AF 42 PL 41 CA 39 MA 38 SA 37
        UA 37 AO 37 UZ 35 YE 34 PE 34 MY 34 GH 34 MZ 34 NP 31 MG 30 CI 29 VE 29 CM 29 NE 27 AU 26 KP 26 TW 24 ML 23 BF 23 SY 23 LK 22
        MW 21 ZM 21 RO 20 CL 20 KZ 20 TD 18 EC 18 SO 18 GT 18 SN 18 NL 18 KH 17 ZW 17 GN 14 RW 14 BJ 14 BI 13 TN 12 BO 12 HT 12 BE 12
        JO 11 DO 11 CU 11 SS 11 SE 11 HN 11 CZ 11 AZ 10 GR 10 PG 10 PT 10 HU 10 AE 10 TJ 10 BY 10 IL 9 TG 9 AT 9 CH 9 SL 9 LA 8 HK 7
        RS 7 NI 7 LY 7 PY 7 KG 7 BG 7 TM 7 SV 6 CG 6 SG 6 DK 6 SK 6 CF 6 FI 6 NO 5 LR 5 PS 5 LB 5 NZ 5 CR 5 IE 5 MR 5 OM 5 PA 4 KW 4
        HR 4 ER 4 GE 4 MN 3 MD 3 UY 3 PR 3 BA 3 AL 3 JM 3 AM 3 GM 3 LT 3 QA 3 BW 3 NA 3 GA 2 LS 2 GW 2 SI 2 MK 2 LV 2
        """;

    /// <summary>Country and millions, in the order of their number.</summary>
    public static IReadOnlyList<(string Country, double Millions)> Countries { get; } =
        [.. Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(static row => (row[0], double.Parse(row[1], CultureInfo.InvariantCulture)))];
}
