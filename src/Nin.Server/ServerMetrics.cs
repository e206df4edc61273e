using System.Collections.Immutable;
using Nin.Inference;
using Nin.Server.Models;
using Nin.Server.Pictures;
using Prometheus;

namespace Nin.Server;

/// <summary>What Prometheus reads.</summary>
internal sealed class ServerMetrics
{
    private readonly Counter _requests, _images, _predictions;
    private readonly Histogram _queueSeconds, _computeSeconds, _batchSize;
    private readonly Gauge _modelInfo;

    /// <summary>Those of one server.</summary>
    public ServerMetrics(ModelSet models, PictureReader pictures)
    {
        Registry = Prometheus.Metrics.NewCustomRegistry();
        var make = Prometheus.Metrics.WithCustomRegistry(Registry);
        _requests = make.CreateCounter("nin_inference_requests_total", "Requests to classify, by what came of them.", "outcome");
        _images = make.CreateCounter("nin_inference_images_total", "Images classified.");
        _queueSeconds = make.CreateHistogram("nin_inference_queue_seconds", "Time a job waits for its batch, or until it is given up.", new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0001, 2, 17) });
        _computeSeconds = make.CreateHistogram("nin_inference_compute_seconds", "Time of a batch in the model.", new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0001, 2, 17) });
        _batchSize = make.CreateHistogram("nin_inference_batch_size", "Images in a batch.", new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(1, 2, 10) });
        _predictions = make.CreateCounter("nin_predictions_total", "Images by the class they were given.", "label");
        _modelInfo = make.CreateGauge("nin_model_info", "1 for each model that is served.", "name", "sha256", "dataset", "architecture");
        var waiting = make.CreateGauge("nin_inference_queue_images", "Images that wait for a model.", "name");
        var undecoded = make.CreateGauge("nin_inference_queue_pictures", "Pictures that wait to be decoded.");
        Registry.AddBeforeCollectCallback(() =>
        {
            undecoded.Set(pictures.Waiting);
            foreach (var model in models.All) waiting.WithLabels(model.Name).Set(model.Current?.Batcher.Waiting ?? 0);
        });
        DotNetStats.Register(Registry);
    }

    /// <summary>All of them.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>A request to classify was answered, or not.</summary>
    public void Answered(string outcome) => _requests.WithLabels(outcome).Inc();

    /// <summary>A model answers from now on, in the place of another where there was one.</summary>
    public void Serves(string name, LoadedModel? before, LoadedModel now)
    {
        if (before is not null) _modelInfo.RemoveLabelled(Labels(before));
        _modelInfo.WithLabels(Labels(now)).Set(1);

        string[] Labels(LoadedModel model) => [name, model.Sha256, model.Classifier.Metadata.Dataset, model.Architecture.Name];
    }

    /// <summary>A job that nobody waits for any more left the queue.</summary>
    public void GaveUp(TimeSpan waited) => _queueSeconds.Observe(waited.TotalSeconds);

    /// <summary>A batch was run.</summary>
    public void Ran(IReadOnlyList<TimeSpan> queued, TimeSpan computed, ImmutableArray<Prediction> predictions)
    {
        foreach (var wait in queued) _queueSeconds.Observe(wait.TotalSeconds);
        _computeSeconds.Observe(computed.TotalSeconds);
        _batchSize.Observe(predictions.Length);
        _images.Inc(predictions.Length);
        foreach (var prediction in predictions) _predictions.WithLabels(prediction.Label).Inc();
    }
}
