// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Fleet;

/// <summary>The table behind <see cref="City"/>: cities in which CloudFront has edge locations, at their airports, rounded to hundredths of a degree.</summary>
internal static class Cities
{
    /// <summary>Code, name, degrees north, degrees east, zone of the price classes (DP-26.6), region.</summary>
    public const string Table = """
        abq | Albuquerque | 35.04 | -106.61 | NorthAmerica | us-west-2
        atl | Atlanta | 33.64 | -84.43 | NorthAmerica | us-east-1
        aus | Austin | 30.19 | -97.67 | NorthAmerica | us-east-2
        bna | Nashville | 36.12 | -86.68 | NorthAmerica | us-east-1
        bos | Boston | 42.36 | -71.01 | NorthAmerica | us-east-1
        clt | Charlotte | 35.21 | -80.94 | NorthAmerica | us-east-1
        cmh | Columbus | 40.00 | -82.89 | NorthAmerica | us-east-2
        den | Denver | 39.86 | -104.67 | NorthAmerica | us-west-2
        dfw | Dallas-Fort Worth | 32.90 | -97.04 | NorthAmerica | us-east-2
        dtw | Detroit | 42.21 | -83.35 | NorthAmerica | us-east-2
        ewr | Newark | 40.69 | -74.17 | NorthAmerica | us-east-1
        hio | Hillsboro | 45.54 | -122.95 | NorthAmerica | us-west-2
        iad | Ashburn | 38.95 | -77.46 | NorthAmerica | us-east-1
        iah | Houston | 29.98 | -95.34 | NorthAmerica | us-east-2
        ind | Indianapolis | 39.72 | -86.29 | NorthAmerica | us-east-2
        jax | Jacksonville | 30.49 | -81.69 | NorthAmerica | us-east-1
        jfk | New York | 40.64 | -73.78 | NorthAmerica | us-east-1
        las | Las Vegas | 36.08 | -115.15 | NorthAmerica | us-west-1
        lax | Los Angeles | 33.94 | -118.41 | NorthAmerica | us-west-1
        mci | Kansas City | 39.30 | -94.71 | NorthAmerica | us-east-2
        mia | Miami | 25.79 | -80.29 | NorthAmerica | us-east-1
        msp | Minneapolis | 44.88 | -93.22 | NorthAmerica | us-east-2
        ord | Chicago | 41.98 | -87.90 | NorthAmerica | us-east-2
        pdx | Portland | 45.59 | -122.60 | NorthAmerica | us-west-2
        phl | Philadelphia | 39.87 | -75.24 | NorthAmerica | us-east-1
        phx | Phoenix | 33.43 | -112.01 | NorthAmerica | us-west-1
        pit | Pittsburgh | 40.49 | -80.23 | NorthAmerica | us-east-2
        sea | Seattle | 47.45 | -122.31 | NorthAmerica | us-west-2
        sfo | San Francisco | 37.62 | -122.38 | NorthAmerica | us-west-1
        slc | Salt Lake City | 40.79 | -111.98 | NorthAmerica | us-west-2
        tpa | Tampa | 27.98 | -82.53 | NorthAmerica | us-east-1
        hnl | Honolulu | 21.32 | -157.92 | NorthAmerica | us-west-1
        yul | Montreal | 45.47 | -73.74 | NorthAmerica | ca-central-1
        yvr | Vancouver | 49.19 | -123.18 | NorthAmerica | ca-west-1
        yyc | Calgary | 51.13 | -114.01 | NorthAmerica | ca-west-1
        yyz | Toronto | 43.68 | -79.63 | NorthAmerica | ca-central-1
        mex | Mexico City | 19.44 | -99.07 | NorthAmerica | mx-central-1
        qro | Queretaro | 20.62 | -100.19 | NorthAmerica | mx-central-1
        ams | Amsterdam | 52.31 | 4.76 | Europe | eu-central-1
        arn | Stockholm | 59.65 | 17.92 | Europe | eu-north-1
        ath | Athens | 37.94 | 23.94 | Europe | eu-south-1
        bcn | Barcelona | 41.30 | 2.08 | Europe | eu-south-2
        beg | Belgrade | 44.82 | 20.31 | Europe | eu-central-1
        ber | Berlin | 52.36 | 13.50 | Europe | eu-central-1
        bru | Brussels | 50.90 | 4.48 | Europe | eu-west-3
        bud | Budapest | 47.44 | 19.26 | Europe | eu-central-1
        cph | Copenhagen | 55.62 | 12.66 | Europe | eu-north-1
        dub | Dublin | 53.42 | -6.27 | Europe | eu-west-1
        dus | Düsseldorf | 51.29 | 6.77 | Europe | eu-central-1
        fco | Rome | 41.80 | 12.24 | Europe | eu-south-1
        fra | Frankfurt | 50.03 | 8.56 | Europe | eu-central-1
        gva | Geneva | 46.24 | 6.11 | Europe | eu-central-2
        ham | Hamburg | 53.63 | 9.99 | Europe | eu-central-1
        hel | Helsinki | 60.32 | 24.96 | Europe | eu-north-1
        ist | Istanbul | 41.26 | 28.74 | Europe | eu-central-1
        kbp | Kyiv | 50.35 | 30.89 | Europe | eu-central-1
        lhr | London | 51.47 | -0.45 | Europe | eu-west-2
        lis | Lisbon | 38.77 | -9.13 | Europe | eu-south-2
        mad | Madrid | 40.47 | -3.56 | Europe | eu-south-2
        man | Manchester | 53.35 | -2.27 | Europe | eu-west-2
        mrs | Marseille | 43.44 | 5.21 | Europe | eu-west-3
        muc | Munich | 48.35 | 11.79 | Europe | eu-central-1
        mxp | Milan | 45.63 | 8.72 | Europe | eu-south-1
        osl | Oslo | 60.19 | 11.10 | Europe | eu-north-1
        otp | Bucharest | 44.57 | 26.09 | Europe | eu-central-1
        pmo | Palermo | 38.18 | 13.10 | Europe | eu-south-1
        prg | Prague | 50.10 | 14.26 | Europe | eu-central-1
        cdg | Paris | 49.01 | 2.55 | Europe | eu-west-3
        sof | Sofia | 42.69 | 23.41 | Europe | eu-central-1
        tlv | Tel Aviv | 32.01 | 34.89 | Europe | il-central-1
        vie | Vienna | 48.11 | 16.57 | Europe | eu-central-1
        waw | Warsaw | 52.17 | 20.97 | Europe | eu-central-1
        zag | Zagreb | 45.74 | 16.07 | Europe | eu-central-1
        zrh | Zurich | 47.46 | 8.55 | Europe | eu-central-2
        bah | Manama | 26.27 | 50.63 | MiddleEastAfrica | me-south-1
        cpt | Cape Town | -33.97 | 18.60 | MiddleEastAfrica | af-south-1
        doh | Doha | 25.27 | 51.61 | MiddleEastAfrica | me-central-1
        dxb | Dubai | 25.25 | 55.36 | MiddleEastAfrica | me-central-1
        fjr | Fujairah | 25.11 | 56.32 | MiddleEastAfrica | me-central-1
        jed | Jeddah | 21.68 | 39.16 | MiddleEastAfrica | me-south-1
        jnb | Johannesburg | -26.14 | 28.25 | MiddleEastAfrica | af-south-1
        los | Lagos | 6.58 | 3.32 | MiddleEastAfrica | af-south-1
        mct | Muscat | 23.59 | 58.28 | MiddleEastAfrica | me-central-1
        nbo | Nairobi | -1.32 | 36.93 | MiddleEastAfrica | af-south-1
        bog | Bogota | 4.70 | -74.15 | SouthAmerica | sa-east-1
        eze | Buenos Aires | -34.82 | -58.54 | SouthAmerica | sa-east-1
        for | Fortaleza | -3.78 | -38.53 | SouthAmerica | sa-east-1
        gig | Rio de Janeiro | -22.81 | -43.25 | SouthAmerica | sa-east-1
        gru | São Paulo | -23.43 | -46.47 | SouthAmerica | sa-east-1
        lim | Lima | -12.02 | -77.11 | SouthAmerica | sa-east-1
        scl | Santiago | -33.39 | -70.79 | SouthAmerica | sa-east-1
        kix | Osaka | 34.43 | 135.24 | Japan | ap-northeast-3
        nrt | Tokyo | 35.76 | 140.39 | Japan | ap-northeast-1
        akl | Auckland | -37.01 | 174.79 | Oceania | ap-southeast-2
        bne | Brisbane | -27.38 | 153.12 | Oceania | ap-southeast-2
        mel | Melbourne | -37.67 | 144.84 | Oceania | ap-southeast-4
        per | Perth | -31.94 | 115.97 | Oceania | ap-southeast-2
        syd | Sydney | -33.95 | 151.18 | Oceania | ap-southeast-2
        bkk | Bangkok | 13.69 | 100.75 | SouthEastAsia | ap-southeast-7
        cgk | Jakarta | -6.13 | 106.66 | SouthEastAsia | ap-southeast-3
        han | Hanoi | 21.22 | 105.81 | SouthEastAsia | ap-southeast-1
        hkg | Hong Kong | 22.31 | 113.91 | SouthEastAsia | ap-east-1
        icn | Seoul | 37.46 | 126.44 | SouthEastAsia | ap-northeast-2
        kul | Kuala Lumpur | 2.75 | 101.71 | SouthEastAsia | ap-southeast-5
        mnl | Manila | 14.51 | 121.02 | SouthEastAsia | ap-southeast-1
        sgn | Ho Chi Minh City | 10.82 | 106.65 | SouthEastAsia | ap-southeast-1
        sin | Singapore | 1.36 | 103.99 | SouthEastAsia | ap-southeast-1
        tpe | Taipei | 25.08 | 121.23 | SouthEastAsia | ap-east-2
        blr | Bengaluru | 13.20 | 77.71 | India | ap-south-1
        bom | Mumbai | 19.09 | 72.87 | India | ap-south-1
        ccu | Kolkata | 22.65 | 88.45 | India | ap-south-1
        del | New Delhi | 28.57 | 77.10 | India | ap-south-1
        hyd | Hyderabad | 17.23 | 78.43 | India | ap-south-2
        maa | Chennai | 12.99 | 80.17 | India | ap-south-1
        pnq | Pune | 18.58 | 73.92 | India | ap-south-1
        """;
}
