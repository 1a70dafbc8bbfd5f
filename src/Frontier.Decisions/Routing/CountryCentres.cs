// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Globalization;

namespace Frontier.Decisions.Routing;

/// <summary>
/// Where the people of a country are, about: what is known of a client whose database tells the country alone. Of large countries
/// it is the middle of those who live there, not of the land.
/// </summary>
public static class CountryCentres
{
    /// <summary>ISO 3166-1 code, degrees north, degrees east.</summary>
    private const string Table = """
        AD 42.5 1.6   AE 24.9 55.0  AF 34.4 68.6  AG 17.1 -61.8 AI 18.2 -63.1 AL 41.2 20.0  AM 40.2 44.5  AO -10.5 14.5 AQ -77.8 166.7
        AR -34.2 -60.3 AS -14.3 -170.7 AT 47.9 15.5 AU -33.9 147.0 AW 12.5 -70.0 AX 60.1 19.9 AZ 40.4 49.0 BA 44.2 17.9  BB 13.1 -59.6
        BD 23.8 90.3  BE 50.8 4.4   BF 12.3 -1.6  BG 42.6 24.2  BH 26.2 50.6  BI -3.4 29.7  BJ 7.0 2.3    BL 17.9 -62.8 BM 32.3 -64.8
        BN 4.9 114.9  BO -17.0 -66.2 BQ 12.2 -68.3 BR -19.5 -46.0 BS 25.0 -77.4 BT 27.4 90.2 BW -23.9 25.8 BY 53.9 27.7 BZ 17.4 -88.5
        CA 45.8 -79.0 CC -12.2 96.8 CD -4.4 19.5  CF 4.8 18.6   CG -4.2 14.6  CH 47.2 8.1   CI 5.9 -4.7   CK -21.2 -159.8 CL -33.9 -71.1
        CM 4.4 10.9   CN 32.5 114.0 CO 5.2 -74.6  CR 9.9 -84.1  CU 22.5 -80.4 CV 15.0 -23.6 CW 12.2 -69.0 CX -10.5 105.6 CY 35.0 33.2
        CZ 49.9 15.4  DE 51.0 9.4   DJ 11.6 43.1  DK 55.8 11.2  DM 15.4 -61.4 DO 18.7 -70.1 DZ 36.0 3.4   EC -1.6 -79.3 EE 59.2 25.3
        EG 30.2 31.3  EH 26.2 -13.0 ER 15.2 38.6  ES 40.2 -3.1  ET 9.0 39.2   FI 61.2 24.5  FJ -17.9 178.0 FK -51.7 -57.9 FM 7.0 158.2
        FO 62.0 -6.9  FR 47.5 2.7   GA 0.2 9.9    GB 52.7 -1.6  GD 12.1 -61.7 GE 41.9 44.2  GF 4.8 -52.6  GG 49.5 -2.6  GH 6.4 -0.9
        GI 36.1 -5.4  GL 64.8 -51.0 GM 13.4 -16.4 GN 10.3 -12.4 GP 16.2 -61.5 GQ 2.3 9.7    GR 38.6 23.3  GS -54.3 -36.5 GT 14.8 -90.8
        GU 13.5 144.8 GW 11.9 -15.4 GY 6.7 -58.1  HK 22.3 114.2 HN 14.8 -87.3 HR 45.5 16.1  HT 18.8 -72.5 HU 47.3 19.2  ID -6.8 110.0
        IE 53.2 -7.0  IL 32.1 34.9  IM 54.2 -4.5  IN 22.8 79.4  IO -7.3 72.4  IQ 33.6 44.2  IR 34.4 50.9  IS 64.2 -21.6 IT 42.9 12.2
        JE 49.2 -2.1  JM 18.0 -76.9 JO 32.0 35.9  JP 35.5 137.4 KE -0.6 36.6  KG 41.8 73.7  KH 11.8 104.9 KI 1.4 173.1  KM -11.8 43.4
        KN 17.3 -62.7 KP 39.3 126.1 KR 36.7 127.4 KW 29.3 47.9  KY 19.3 -81.3 KZ 47.0 73.0  LA 17.5 103.0 LB 33.9 35.6  LC 13.9 -61.0
        LI 47.1 9.5   LK 7.1 80.3   LR 6.5 -10.4  LS -29.4 27.8 LT 55.0 24.2  LU 49.6 6.1   LV 56.9 24.4  LY 32.2 14.8  MA 33.1 -7.0
        MC 43.7 7.4   MD 47.0 28.8  ME 42.5 19.1  MF 18.1 -63.1 MG -19.0 47.4 MH 7.1 171.3  MK 41.8 21.5  ML 12.9 -7.3  MM 19.3 96.0
        MN 47.7 106.5 MO 22.2 113.5 MP 15.2 145.7 MQ 14.6 -61.0 MR 18.0 -15.5 MS 16.7 -62.2 MT 35.9 14.4  MU -20.2 57.5 MV 4.2 73.5
        MW -14.3 34.6 MX 20.6 -100.3 MY 3.6 103.0 MZ -18.7 35.6 NA -20.3 16.7 NC -22.0 166.3 NE 13.6 6.0  NF -29.0 168.0 NG 9.0 7.3
        NI 12.3 -86.1 NL 52.2 5.2   NO 60.5 9.7   NP 27.6 85.0  NR -0.5 166.9 NU -19.1 -169.9 NZ -39.4 174.9 OM 23.4 58.0 PA 8.9 -79.9
        PE -10.9 -76.6 PF -17.5 -149.6 PG -6.5 145.7 PH 13.4 121.9 PK 30.8 71.5 PL 51.6 19.3 PM 46.8 -56.2 PN -25.1 -130.1 PR 18.3 -66.3
        PS 31.8 35.0  PT 39.6 -8.5  PW 7.4 134.5  PY -25.4 -56.8 QA 25.3 51.4 RE -21.1 55.5 RO 45.4 25.6  RS 44.3 20.8  RU 54.6 50.5
        RW -1.9 30.0  SA 24.0 44.1  SB -9.2 160.2 SC -4.6 55.5  SD 14.3 32.2  SE 58.6 15.6  SG 1.3 103.8  SH -15.9 -5.7 SI 46.2 14.9
        SJ 78.2 15.6  SK 48.6 19.0  SL 8.4 -12.1  SM 43.9 12.5  SN 14.6 -16.4 SO 3.8 45.2   SR 5.8 -55.2  SS 6.9 30.4   ST 0.3 6.7
        SV 13.7 -89.1 SX 18.0 -63.1 SY 34.9 37.2  SZ -26.5 31.4 TC 21.8 -72.2 TD 11.2 17.3  TF -49.3 69.2 TG 7.2 1.1    TH 14.6 101.0
        TJ 38.6 69.1  TK -9.2 -171.8 TL -8.7 125.8 TM 38.2 59.4 TN 36.0 10.1  TO -21.1 -175.2 TR 39.3 32.8 TT 10.5 -61.4 TV -8.5 179.2
        TW 24.3 120.9 TZ -5.8 35.1  UA 49.1 31.1  UG 0.7 32.3   UM 19.3 166.6 US 38.6 -91.5 UY -34.2 -56.0 UZ 40.4 67.9 VA 41.9 12.5
        VC 13.2 -61.2 VE 9.7 -67.6  VG 18.4 -64.6 VI 18.0 -64.8 VN 16.3 106.9 VU -16.9 167.9 WF -13.4 -176.8 WS -13.8 -172.0 XK 42.6 20.9
        YE 14.7 44.6  YT -12.8 45.2 ZA -28.0 27.6 ZM -13.6 28.3 ZW -18.9 30.6
        """;

    private static readonly FrozenDictionary<string, Coordinates> Centres = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(3)
        .ToFrozenDictionary(static row => row[0], static row => new Coordinates(Number(row[1]), Number(row[2])), StringComparer.Ordinal);

    /// <summary>The codes of all countries that have one, in no order.</summary>
    public static IEnumerable<string> Codes => Centres.Keys;

    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    public static Coordinates? Find(string country) => Centres.TryGetValue(country, out var centre) ? centre : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
