// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Keys;

/// <summary>What kind of device a User-Agent speaks of (§10.3). A viewer without one counts as a desktop.</summary>
public readonly record struct DeviceClass(bool IsMobile, bool IsTablet, bool IsSmartTv, bool IsAndroid, bool IsIos)
{
    private static readonly string[] SmartTvMarks = ["SmartTV", "SMART-TV", "Smart TV", "AppleTV", "GoogleTV", "HbbTV", "NetCast", "Tizen", "webOS", "BRAVIA", "Roku", "AFTB", "AFTM"];

    public bool IsDesktop => !IsMobile && !IsTablet && !IsSmartTv;

    public static DeviceClass Of(string? userAgent)
    {
        if (userAgent is null)
        {
            return default;
        }

        bool Says(string mark) => userAgent.Contains(mark, StringComparison.OrdinalIgnoreCase);

        var isSmartTv = SmartTvMarks.Any(Says);
        var isAndroid = Says("Android");
        var isIos = Says("iPhone") || Says("iPad") || Says("iPod");
        // An Android tablet is told from a phone by the missing word "Mobile", as Google documents for its browser.
        var isTablet = !isSmartTv && (Says("iPad") || Says("Tablet") || Says("Kindle") || (isAndroid && !Says("Mobile")));
        var isMobile = !isSmartTv && !isTablet && (Says("Mobile") || Says("iPhone") || Says("iPod") || Says("BlackBerry") || Says("Opera Mini"));
        return new DeviceClass(isMobile, isTablet, isSmartTv, isAndroid, isIos);
    }
}
