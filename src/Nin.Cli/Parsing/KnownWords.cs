using System.CommandLine;
using Nin.Architectures;
using Nin.Data;
using Nin.Recipes;
using Nin.Runs;

namespace Nin.Cli.Parsing;

/// <summary>The names that a shell can offer after a command or a flag.</summary>
internal static class KnownWords
{
    /// <summary>Offers recipes and built-in data sets.</summary>
    public static Argument<T> OffersRecipes<T>(this Argument<T> argument) => argument.Offers(() => ConfigFiles.Names().Union(DataCatalogue.Names));

    /// <summary>Offers built-in data sets.</summary>
    public static Argument<T> OffersData<T>(this Argument<T> argument) => argument.Offers(() => DataCatalogue.Names);

    /// <summary>Offers the networks of the catalogue.</summary>
    public static Argument<T> OffersNetworks<T>(this Argument<T> argument) => argument.Offers(Networks);

    /// <summary>Offers the runs in the usual place.</summary>
    public static Argument<T> OffersRuns<T>(this Argument<T> argument) => argument.Offers(Runs);

    /// <summary>Offers the runs in the usual place.</summary>
    public static Option<T> OffersRuns<T>(this Option<T> option) => option.Offers(Runs);

    /// <summary>Offers what a function gives at that moment.</summary>
    public static Option<T> Offers<T>(this Option<T> option, Func<IEnumerable<string>> words)
    {
        option.CompletionSources.Add(_ => words());
        return option;
    }

    /// <summary>Offers what a function gives at that moment.</summary>
    public static Argument<T> Offers<T>(this Argument<T> argument, Func<IEnumerable<string>> words)
    {
        argument.CompletionSources.Add(_ => words());
        return argument;
    }

    /// <summary>The names of the catalogue.</summary>
    public static IEnumerable<string> Networks() => Catalogue.Entries.Select(entry => entry.Name);

    private static IEnumerable<string> Runs() => RunStore.Default().List().Select(run => run.Directory.Name).Distinct();
}
