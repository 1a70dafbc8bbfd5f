// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Protocols.Tests.SigV4;

/// <summary>
/// The published vectors for Signature Version 4A (the signing test suite of aws-c-auth): requests with their headers, their hash
/// and a signature that another implementation made. Left out are those that no HTTP client sends, those that want dot segments
/// resolved before signing, which would let one signature serve for two paths, and the one that adds a security token after
/// signing: an <c>x-amz-</c> header that is not signed is refused here.
/// </summary>
public sealed class AsymmetricVectorTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly DateTimeOffset SignedAt = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    /// <summary>Name, method and target, headers, Authorization, hash of the payload, hash of the canonical request.</summary>
    public static TheoryData<string, string, string[], string, string, string> Vectors => new()
    {
        {
            "get-header-key-duplicate", "GET /",
            ["Host:example.amazonaws.com", "My-Header1:value2", "My-Header1:value2", "My-Header1:value1", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;my-header1;x-amz-date;x-amz-region-set, Signature=30450220331da6dfebb0d19e5e161b1efa389ccb83cadb60bc71f6791ef71ac6054c44de0221008588b7d5c9f7a79ca9c02a02efbd0f540cda242a64ca1452aa914e050b517724",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "30f1f7b639b7fd5982a0f700e6d23bf7bb24f2f1d9e1314005bf22130da61cdf"
        },
        {
            "get-header-value-order", "GET /",
            ["Host:example.amazonaws.com", "My-Header1:value4", "My-Header1:value1", "My-Header1:value3", "My-Header1:value2", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;my-header1;x-amz-date;x-amz-region-set, Signature=304402203410301a4cfc805996d0ac5305374d7cdff4e2564fcbd6f6cfed73b227966046022046e36b2ede1f78d2b68ea4534ae59da3de089e58f67ae08490411dfabd77f36e",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "e1c3b5d34632ffff080330b3bc31906c8988bf1683f4af689ef3f1811952df36"
        },
        {
            "get-header-value-trim", "GET /",
            ["Host:example.amazonaws.com", "My-Header1: value1", "My-Header2: \"a   b   c\"", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;my-header1;my-header2;x-amz-date;x-amz-region-set, Signature=3046022100ce72c874a80cea45e3c5b7cbe76178f8577870e1f97ee1730f57cff45c3d398b022100e4ea7b870335abab5ca57fa740d20b3c5aba2739cf96dd7fa671fc11cf6c3341",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "18b43001be9b531ebdd8202144dbd7630ea8a35bc328a7d0e561dda03a876095"
        },
        {
            "get-relative-relative-unnormalized", "GET /example1/example2/../..",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304402205651d45d4f377407303dba0775405efa77683821adff20c0256b94d10710de5b022053fa72420652c55327876c5105da6770cb482f55533e1b0bd7d15fa75f570e46",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "7bad1fab948577ec4e860ff2bb06ce9b69f0dd60eb8a9ad7c016b584254f9b5b"
        },
        {
            "get-relative-unnormalized", "GET /example/..",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304402201430c834d8a89aca13ebd785da338950559f71ab29f1b7d7b4ad6b090de1a09702206c8d6089b75105d6fc5df5374bbb8abbc33b78951c95b90f9f6c25a657b58ce6",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "c859b5032f2ebd5df0285ff633b495b0e6e962e5adb94731c95e8e993a9a8213"
        },
        {
            "get-slash-dot-slash-unnormalized", "GET /./",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3044022049aaa02168ac9666a94f42238be0a02a7a244b74d6e16bdf64aac7ce8e21e44d02206b9be50186bdd4ee9191c0dd5ccff7e990365bb3b56430653f6fa49a68dbf596",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "a14dce0217a32357c623c3db790988b6b5aa1494a527158b06d3ca4444561a4b"
        },
        {
            "get-slash-pointless-dot-unnormalized", "GET /./example",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=30460221009e2c768ae9904c3d04eba53cfbb7460034029fb1f169b51f82623cc53ae25dc7022100bfe47ecde858ad9ae3311bba5a4fd45fcacdb1795cc6825f0939e5d929a464bf",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "407314cdff397462b2458ba1860907adefcbb73fd630ddbd3de7300d2f773804"
        },
        {
            "get-slash-unnormalized", "GET //",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3045022061f03990d40a274470a1621b6e12b64452083a61218be77e48132a965da27377022100cdff18369b7361b1e33bd6cb5b216cdf88d390121447d442f59ccf84eb6489f7",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "fc8f42c7ce50ba8830a34b16d9fb478170176d78c81339e8d7e31d4baa9ec9f4"
        },
        {
            "get-slashes-unnormalized", "GET //example//",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304502202450e5abfccb424d5a0e2d5d1a084e76abc5290ae567a97f5174bfed575fd519022100a5e743040a2bdd3cd7889070e1d190d5782e7591a715370f9bea04dc2702dbab",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "bf8c459a6a7f3879f55bff41e4dca65f69df4628456904e47f83013c0deb7276"
        },
        {
            "get-unreserved", "GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304402206a228bcbe26141c2c5065525b98ea00b793470e04e655006269f740e320215930220160015e35502fa89a96f5fed59981af0896b60ecea6a68606a0be368bca73f2c",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "b48c0f7d7cdaa2cd05e4b789c913063becd96ccace5296a334c950040e58bcac"
        },
        {
            "get-vanilla-empty-query-key", "GET /?Param1=value1",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304502210093d40fe05684ddadfadfafc4b8565d18ca94d590fc897577224bf09696bbde6102206f12bb5e2503781303cf6880c0a2136d4b820221eb9d6ac5ad61378b16b8ea5d",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "894f4237e92aae973c992da1d1f39d7a5913a23e9f7cbcf085e9550685eb498a"
        },
        {
            "get-vanilla-query-order-encoded", "GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3045022100cef3137947f52af13fe5591d4ddcff0260176e7b2a668b43ac8f0cba2e489fe502203b4fe53c9fe3e8925643fe0e4c3ec0b3ea6262917bf7300d2e2abb399078e6de",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "55568a29040b287c72015a5ab482d9aaceeb1e9881f3bc946378bc3d6079f6a5"
        },
        {
            "get-vanilla-query-order-key-case", "GET /?Param2=value2&Param1=value1",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=30450220394fa0699225f403514cb4db03b7c479f64c5f9864bf520b871bb23a054d6517022100d4445c909fc62a43c6c485a8582621e0e14c6ef1e4218072bc2dcaffc1188f18",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "cc07b29e0d0f0b2d6aa296621a5608fd9c2271159b9b2f737f682704ebb96482"
        },
        {
            "get-vanilla-query-unreserved", "GET /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=30450220023b0ce37b4e3f7fe6b6e155dab72846b461d22ff4820f019a07afef476f61ee022100f985e993037270cc48ac905b360046d077770a2b28aa829ea909430b1b3ed8aa",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "377b8a3e195894659b84cd1c475dc8a3663a663360a349430c0c3b82bd82b77b"
        },
        {
            "get-vanilla-query", "GET /",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304502201f8540fba7741deef60d162a2cf5a8abece28db296174e82420ae6790d93b8af022100d3109ac9ec7995b9e976efa2c54b278d3fab0737e3c73483771773d2061d8f3f",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "cf59db423e841c8b7e3444158185aa261b724a5c27cbe762676f3eed19f4dc02"
        },
        {
            "get-vanilla-with-session-token", "GET /",
            ["Host:example.amazonaws.com", "X-Amz-Security-Token:6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set;x-amz-security-token, Signature=30450221008f4516c8850ed9eb29502658d1f0e0f6cabc11a44963c558efd1dd8e9fb084a0022032e47df89ad1a5b4e2b82d3a68dbe31d6ef8e1ea8c3815b2097538c4695d184e",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "79893373104239a0547df489af395ec3c1b8873a8601f07f11ffd3f1ac557e7d"
        },
        {
            "get-vanilla", "GET /",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3046022100fddaaf816a31e30d04973875b13bc27b98da10907a3a1872fd5819a221334abc022100de2ee81d83b54f31efc82834de07e6cd4d5c6f25bfa08e0f29a15bb0977c343e",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "cf59db423e841c8b7e3444158185aa261b724a5c27cbe762676f3eed19f4dc02"
        },
        {
            "post-header-key-case", "POST /",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304602210081bb2a93eae5cce843abe0e7cac2f0e4cecdd0a79cb8d60e5b9dc4c8e8906b61022100e18c8119f50b8218da995ada62080d88ff75d2f02309c3685a02dfb9a83b103f",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "806a9b01b76472cc6b66fff02630726d55f8b4ada6d2fd9b36eb0d710e215861"
        },
        {
            "post-header-key-sort", "POST /",
            ["Host:example.amazonaws.com", "My-Header1:value1", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;my-header1;x-amz-date;x-amz-region-set, Signature=3046022100a5dc03771b33997d8eeb15d639cb7bdef2aff78a4a59c7996070e5f94fe149780221009a732061539208209ba0ae6755bef956c258a0c0ac6a6916489486efde21cfeb",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "b92b1e85236a12f9d118f85fb6686c83b0e83fb3428f8d4da3cc9acb2851fcfa"
        },
        {
            "post-header-value-case", "POST /",
            ["Host:example.amazonaws.com", "My-Header1:VALUE1", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;my-header1;x-amz-date;x-amz-region-set, Signature=3045022100c72dd4d54c45d3eb30858c6227e9512f41b7379b7c685e39e0cd39a793d7ee3102205c900d330270e31d2f7b5138fb3d791b6743f6f3b9ffbc34a4adcc8307591b11",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "7de5a74bc45fb5c8a90faada2ab9538e69e4a5eb7f330f62387715669cecd492"
        },
        {
            "post-sts-header-before", "POST /",
            ["Host:example.amazonaws.com", "X-Amz-Security-Token:AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set;x-amz-security-token, Signature=3045022035115ac58fb923b0894e63eabf5864858c27f504b34bd707b569b2d6ee6a9c2e02210080ed7d2f3b7d52b4243890c596379ecd2066e9a1ac183d546ba07955ed5db306",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "964c15d46a67b327b877c02d680c81cb75df04e85144142e190da565ff0d029f"
        },
        {
            "post-vanilla-empty-query-value", "POST /?Param1=value1",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304402203129b52c7149bcf5761f83d023986576af5846b9e9f11050651639f9e24c9ebd02200f7e2f6c2aed2bbb76580e50d32e8aa09dc65f7544cdb169b4a690a2a248efd3",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "502dea2656f02eea10bd05eeec315ea1a6686ed2861176e1670b2d67e17b2f36"
        },
        {
            "post-vanilla-query", "POST /?Param1=value1",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=304402202785ef1eddce96aa4f4cb359f00fcb1155fa7f679b4af8949a8ea097381543fc02205a9719949fcc5452e690dcd2426318aa17d87aa67c68fdd66f815ae2d3591b49",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "502dea2656f02eea10bd05eeec315ea1a6686ed2861176e1670b2d67e17b2f36"
        },
        {
            "post-vanilla", "POST /",
            ["Host:example.amazonaws.com", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3044022020e04d83be1fc4c7669eb2530c48444ff2ef65e73ab6d4084ba89b886b70d01a0220570df05bd3ba39ccd96a3e831ed8757fbb516baa603d78eaed3ccc95d50a2abb",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "806a9b01b76472cc6b66fff02630726d55f8b4ada6d2fd9b36eb0d710e215861"
        },
        {
            "post-x-www-form-urlencoded-parameters", "POST /",
            ["Content-Type:application/x-www-form-urlencoded; charset=utf-8", "Host:example.amazonaws.com", "Content-Length:13", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1", "x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-region-set, Signature=3045022100c016dc61cbd380cf8160711320957071f5c122ef69164d56d02f79daf51a0603022043e3313aa2f6b46285cc89dfe5616ccc74c810a3d7ea25b76ee1ca496f7facba",
            "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e", "bcdb9ab3050c0bb18c5e9eb60e6eb1aaaf00907920065569a99b0c51278639b5"
        },
        {
            "post-x-www-form-urlencoded", "POST /",
            ["Content-Type:application/x-www-form-urlencoded", "Host:example.amazonaws.com", "Content-Length:13", "X-Amz-Date:20150830T123600Z", "X-Amz-Region-Set:us-east-1", "x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"],
            "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-region-set, Signature=3045022100955bbc0f0b9d4284719808642167f7d5ea4a72f8c296b75b442898c8b81cd7e502202425fb97620fa9a20344d22b248dd00db07524fc39b5ad77533e00b277331241",
            "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e", "ba7fa291aefad463b308fdc89b33d852aea9fbcfa151d820117bd8189066cb91"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_request_has_the_published_hash_and_a_good_signature(string name, string line, string[] headers, string authorization, string payloadHash, string hash)
    {
        var request = ToRequest(line, headers, authorization);
        Assert.True(SignatureClaim.TryRead(request, out var claim, out _, allowAsymmetric: true), name);

        var canonical = CanonicalRequest.Build(request, claim!.SignedHeaders, payloadHash, doubleEncodePath: true)!;

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        Assert.Equal(SignatureVerdict.Valid, SignatureVerifier.Verify(request, claim, Secret, payloadHash, "service", SignedAt));
        Assert.Equal(SignatureVerdict.SignatureDoesNotMatch, SignatureVerifier.Verify(request, claim, Secret + "x", payloadHash, "service", SignedAt));
        Assert.Equal(SignatureVerdict.SignatureDoesNotMatch, SignatureVerifier.Verify(request with { Method = "PATCH" }, claim, Secret, payloadHash, "service", SignedAt));
    }

    private static SignableRequest ToRequest(string line, string[] headers, string authorization)
    {
        var parts = line.Split(' ', 2);
        var target = parts[1].Split('?', 2);
        return new SignableRequest(
            parts[0], target[0], target.ElementAtOrDefault(1) ?? "",
            [.. headers.Select(header => header.Split(':', 2)).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1])), new("Authorization", authorization)]);
    }
}
